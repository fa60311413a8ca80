namespace Vkp.Architecture.Tests;

/// <summary>`./vkp test` must never call green what is not.</summary>
public sealed class TestRunTests : IDisposable
{
    private readonly LauncherFixture _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task The_closing_line_adds_up_what_the_reports_say()
    {
        _tree.Project("Fhir", Counters(total: 3, passed: 3));
        _tree.Project("EndToEnd", Counters(total: 2, passed: 2));
        await ExpectAsync(0, "5 passed, 0 failed");
    }

    [Fact]
    public async Task A_failed_test_fails_the_run()
    {
        _tree.Project("Fhir", Counters(total: 3, passed: 2), exitCode: 1);
        _tree.Project("EndToEnd", Counters(total: 2, passed: 2));
        await ExpectAsync(1, "4 passed, 1 failed");
    }

    [Fact]
    public async Task A_skipped_test_counts_as_failed()
    {
        _tree.Project("Fhir", Counters(total: 3, passed: 2));
        await ExpectAsync(1, "2 passed, 1 failed");
    }

    [Fact]
    public async Task A_project_that_dies_without_a_report_counts_as_failed()
    {
        _tree.Project("Fhir", Counters(total: 3, passed: 3));
        _tree.Project("Hub", counters: null, exitCode: 137);
        await ExpectAsync(1, "3 passed, 1 failed");
    }

    [Fact]
    public async Task A_project_that_fails_after_its_tests_passed_counts_as_failed()
    {
        _tree.Project("Fhir", Counters(total: 3, passed: 3), exitCode: 1);
        await ExpectAsync(1, "3 passed, 1 failed");
    }

    [Fact]
    public async Task A_project_without_tests_counts_as_failed()
    {
        _tree.Project("Fhir", Counters(total: 0, passed: 0));
        await ExpectAsync(1, "0 passed, 1 failed");
    }

    [Fact]
    public async Task A_report_of_an_earlier_run_is_not_counted()
    {
        _tree.Project("Fhir", counters: null, exitCode: 1);
        _tree.Write("artifacts/test-results/Fhir.trx", $"<Counters {Counters(total: 9, passed: 9)} />");
        await ExpectAsync(1, "0 passed, 1 failed");
    }

    [Theory]
    [InlineData("held for 13717404089 at once", 1)]
    [InlineData("trace 0190a000-0000-7000-8000-013717404089", 0)]
    [InlineData("took 12345678901 ticks", 0)]
    public async Task A_number_that_could_be_a_persons_in_the_log_fails_the_run_and_is_not_repeated(string line, int people)
    {
        _tree.Project("Fhir", Counters(total: 3, passed: 3), says: line);
        var run = await ExpectAsync(people, $"3 passed, {people} failed");
        Assert.DoesNotContain("13717404089", run, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_no_project_has_is_no_success() => await ExpectAsync(1, "0 passed, 0 failed", "Nothing");

    [Fact]
    public async Task Only_the_named_projects_run()
    {
        _tree.Project("Fhir", Counters(total: 3, passed: 3));
        _tree.Project("Hub", Counters(total: 5, passed: 5));
        await ExpectAsync(0, "3 passed, 0 failed", "Fhir");
    }

    [Fact]
    public async Task A_build_error_tests_nothing_and_fails()
    {
        _tree.Project("Fhir", Counters(total: 3, passed: 3));
        _tree.Write("fake/build-fails", "");
        var run = await ExpectAsync(1, "0 passed, 1 failed");
        Assert.Contains("error CS1002", run, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_of_the_pipeline_is_the_same_command()
    {
        _tree.Project("Fhir", Counters(total: 3, passed: 3));
        var run = await _tree.RunAsync(_tree.PathOf(".ci/run"), [], workingDirectory: "/");
        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("\n3 passed, 0 failed\n", run.Output, StringComparison.Ordinal);
    }

    private static string Counters(int total, int passed) => $"total=\"{total}\" executed=\"{passed}\" passed=\"{passed}\" failed=\"0\"";

    private async Task<string> ExpectAsync(int exitCode, string lastLine, params string[] names)
    {
        var run = await _tree.RunAsync(_tree.PathOf("vkp"), ["test", .. names]);
        Assert.Equal(lastLine, run.Output.TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal(exitCode, run.ExitCode);
        return run.Output;
    }
}
