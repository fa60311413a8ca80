using Vkp.EventStore.Audit;
using Vkp.EventStore.Retention;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests.Crash;

/// <summary>The process that removes bodies is killed (-9) between its transactions, again and again, and started again.</summary>
public sealed class KilledRetentionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_killed_between_batches_goes_on_and_ends_with_the_receipt_of_one_that_was_not()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        using var key = AnchorKey.Generate();
        var keyFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(keyFile, key.PrivatePem(), Ct);
        await Retiring.FillAsync(store, StoreLimits.RetirePositions * 4, Ct, perCommit: 500);
        var audit = new LogAudit(store.App, key.Signed);
        var begun = await Retiring.BeginAsync(store, key, Retiring.Rule(), Ct);

        foreach (var steps in (int[])[1, 3])
        {
            await Retirer.KillAfterAsync(store.AppConnectionString, keyFile, steps, Ct);
            // Half done is no break: the plan speaks for what is gone.
            var half = await audit.VerifyAsync(Oslo, [], Ct);
            Assert.Null(half.FirstBreak);
            Assert.InRange(half.BodiesRemoved, 1, begun.Plan.Events - 1);
        }

        var run = (await new LogRetention(store.Log).FinishAsync(Oslo, key.SignStatement, TimeProvider.System, null, Ct))!;
        File.Delete(keyFile);

        // What was planned before the first byte went, and what a single run would have said.
        Assert.Equal((begun.Plan.Receipt, begun.Plan.Events, 1L, begun.Plan.UpTo - 1), (run.Receipt!.Receipt, run.Receipt.Events, run.Receipt.First, run.Receipt.Last));
        Assert.Equal((null, run.Receipt.Events, 1), (await audit.VerifyAsync(Oslo, [], Ct)) is var whole ? (whole.FirstBreak, whole.BodiesRemoved, whole.Receipts) : default);
        Assert.Single((await new LogRetention(store.Log).ReadAsync(Oslo, Ct)).Runs);
    }
}
