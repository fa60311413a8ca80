using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>What the EPJ has said it journaled, it still has after a restart, a kill or a torn write.</summary>
public sealed class EpjJournalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_restart_the_journal_and_the_given_answers_are_the_same()
    {
        await using var at = await EpjFixture.StartAsync();
        var first = await at.SendAsync(TestMessages.Alert(1, 2));
        var resent = await at.SendAsync(TestMessages.Alert(1, 3));
        var before = at.Epj.Journal;

        await at.RestartAsync();

        Assert.Equal(before, at.Epj.Journal);
        Assert.Equal(first.Body, (await at.SendAsync(TestMessages.Alert(1, 2))).Body);
        Assert.Equal(resent.Body, (await at.SendAsync(TestMessages.Alert(1, 3))).Body);
        await at.SendAsync(TestMessages.Alert(4, 5, text: "Ny dose."));
        Assert.Equal([1, 2], at.Epj.Journal.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task What_was_answered_is_on_disk_without_a_clean_stop()
    {
        await using var at = await EpjFixture.StartAsync();
        await at.SendAsync(TestMessages.Alert(1, 2));

        // The file as a kill -9 would leave it: taken while the first EPJ still runs.
        await using var heir = await StartOnAsync(at, await ReadJournalAsync(at), "heir");

        Assert.Equal(at.Epj.Journal, heir.Journal);
    }

    [Fact]
    public async Task Messages_that_come_together_are_all_on_disk_when_they_are_answered()
    {
        await using var at = await EpjFixture.StartAsync();

        await Task.WhenAll(Enumerable.Range(1, 100).Select(async number =>
        {
            await at.SendAsync(TestMessages.Alert(number, 1000 + number, text: $"Dose {number}."));
            Assert.Contains(TestMessages.Id(number), System.Text.Encoding.UTF8.GetString(await ReadJournalAsync(at)), StringComparison.Ordinal);
        }));

        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long)number), at.Epj.Journal.Select(entry => entry.Sequence));
        Assert.Equal(new EpjCount(Journaled: 100, Doubled: 0), at.Epj.Count);
        await at.RestartAsync();
        Assert.Equal(100, at.Epj.Journal.Count);
    }

    [Fact]
    public async Task A_last_line_torn_at_any_byte_is_cut_off_and_the_message_can_come_again()
    {
        await using var at = await EpjFixture.StartAsync();
        await at.SendAsync(TestMessages.Alert(1, 2));
        var whole = (await ReadJournalAsync(at)).Length;
        await at.SendAsync(TestMessages.Alert(3, 4));
        var bytes = await ReadJournalAsync(at);

        for (var length = whole; length < bytes.Length; length += 97)
        {
            await using var heir = await StartOnAsync(at, bytes[..length], $"torn-{length}");
            Assert.Equal([TestMessages.Id(1)], heir.Journal.Select(entry => entry.MessageHeaderId));
            Assert.Equal(whole, new FileInfo(at.Folder.File($"torn-{length}/journal.ndjson")).Length);
        }
    }

    [Fact]
    public async Task A_last_line_of_zeros_is_cut_off()
    {
        await using var at = await EpjFixture.StartAsync();
        await at.SendAsync(TestMessages.Alert(1, 2));

        await using var heir = await StartOnAsync(at, [.. await ReadJournalAsync(at), .. new byte[300]], "zeros");

        Assert.Single(heir.Journal);
    }

    [Fact]
    public async Task A_broken_line_that_is_not_the_last_stops_the_EPJ()
    {
        await using var at = await EpjFixture.StartAsync();
        await at.SendAsync(TestMessages.Alert(1, 2));
        await at.SendAsync(TestMessages.Alert(3, 4));
        var bytes = await ReadJournalAsync(at);
        bytes[0] = (byte)'x';

        var refused = await Assert.ThrowsAsync<SandboxException>(() => StartOnAsync(at, bytes, "broken"));

        Assert.Equal("VKP-951", refused.Code);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(at.Folder.File("broken/journal.ndjson"), Ct));
    }

    [Fact]
    public async Task Two_EPJs_cannot_share_a_journal()
    {
        await using var at = await EpjFixture.StartAsync();

        var refused = await Assert.ThrowsAsync<SandboxException>(() => SimulatedEpj.StartAsync(new(at.Folder.File("epj")), TimeProvider.System, Ct));

        Assert.Equal("VKP-952", refused.Code);
    }

    private static async Task<byte[]> ReadJournalAsync(EpjFixture at)
    {
        await using var file = new FileStream(at.Folder.File("epj/journal.ndjson"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, Ct);
        return bytes;
    }

    private static async Task<SimulatedEpj> StartOnAsync(EpjFixture at, byte[] journal, string folder)
    {
        Directory.CreateDirectory(at.Folder.File(folder));
        await File.WriteAllBytesAsync(at.Folder.File($"{folder}/journal.ndjson"), journal, Ct);
        return await SimulatedEpj.StartAsync(new(at.Folder.File(folder)), TimeProvider.System, Ct);
    }
}
