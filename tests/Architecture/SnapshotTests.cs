using Vkp.TestSupport;

namespace Vkp.Architecture.Tests;

public sealed class SnapshotTests : IDisposable
{
    // Below artifacts/, so that neither git nor the tidy tests see what these tests write.
    private readonly string _folder = Path.Combine("artifacts", $"snapshot-test-{Guid.NewGuid():N}");

    public SnapshotTests() => Directory.CreateDirectory(Repository.PathOf(_folder));

    public void Dispose() => Directory.Delete(Repository.PathOf(_folder), recursive: true);

    [Fact]
    public void Without_an_approved_file_the_test_fails_and_leaves_what_it_received()
    {
        Assert.Throws<SnapshotMismatchException>(() => Snapshot.VerifyAt(Subject, ".json", "{}"));
        Assert.True(File.Exists(FileNamed("received")));
        Assert.False(File.Exists(FileNamed("verified")));
    }

    [Fact]
    public void The_same_content_in_another_layout_passes_and_clears_what_was_received()
    {
        File.WriteAllText(FileNamed("verified"), "{\n  \"navn\": \"Åse\",\n  \"antall\": 2\n}\n");
        File.WriteAllText(FileNamed("received"), "left over");
        Snapshot.VerifyAt(Subject, ".json", """{ "navn": "\u00c5se", "antall":2 }""");
        Assert.False(File.Exists(FileNamed("received")));
    }

    [Fact]
    public void A_difference_is_shown_with_its_line_and_both_texts()
    {
        File.WriteAllText(FileNamed("verified"), "{\n  \"code\": \"1.1\"\n}\n");
        var mismatch = Assert.Throws<SnapshotMismatchException>(() => Snapshot.VerifyAt(Subject, ".json", """{"code":"1.2"}"""));
        Assert.Contains("line 2", mismatch.Message, StringComparison.Ordinal);
        Assert.Contains("\"1.1\"", mismatch.Message, StringComparison.Ordinal);
        Assert.Contains("\"1.2\"", mismatch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_order_of_properties_is_a_difference()
    {
        File.WriteAllText(FileNamed("verified"), "{\n  \"a\": 1,\n  \"b\": 2\n}\n");
        Assert.Throws<SnapshotMismatchException>(() => Snapshot.VerifyAt(Subject, ".json", """{"b":2,"a":1}"""));
    }

    private string Subject => Path.Combine(_folder, "subject");

    private string FileNamed(string kind) => Repository.PathOf($"{Subject}.{kind}.json");
}
