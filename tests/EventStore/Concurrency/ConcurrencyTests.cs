using Vkp.EventStore.Tests.Conformance;

namespace Vkp.EventStore.Tests.Concurrency;

public sealed class ConcurrencyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>VKP_TEST_INTERLEAVINGS asks for more rounds than the 200 of every run; each is 20 appends and a reader.</summary>
    [Fact]
    public async Task Nothing_is_lost_doubled_disordered_or_missed_in_thousands_of_interleaved_appends()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("VKP_TEST_INTERLEAVINGS"), out var asked) ? asked : 200;
        await using var store = await EventLogDoor.CreateAsync(Ct);

        Assert.Empty(await Interleavings.RunAsync(store, rounds, Environment.TickCount, Ct));
    }

    [Theory]
    [InlineData("missed: the reader never saw")]
    [InlineData("hole or disorder: position")]
    public async Task A_planted_store_ordered_by_a_sequence_is_caught(string fault)
    {
        await using var store = await PlantedStore.CreateAsync(Mistake.Sequence, Ct);

        Assert.Contains(await UntilFaultAsync(store, fault), found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_planted_store_that_answers_success_when_nothing_was_inserted_is_caught()
    {
        await using var store = await PlantedStore.CreateAsync(Mistake.DoNothing, Ct);

        Assert.Contains(await UntilFaultAsync(store, "lost:"), found => found.Contains("lost:", StringComparison.Ordinal));
    }

    /// <summary>Rounds until the fault shows; a machine that happens to run writers one after the other shows none in one round.</summary>
    private static async Task<IReadOnlyList<string>> UntilFaultAsync(PlantedStore store, string fault)
    {
        IReadOnlyList<string> faults = [];
        for (var attempt = 0; attempt < 20 && !faults.Any(found => found.Contains(fault, StringComparison.Ordinal)); attempt++)
            faults = await Interleavings.RunAsync(store, 40, 1000 * attempt, Ct);

        return faults;
    }
}
