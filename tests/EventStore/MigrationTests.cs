using System.Globalization;
using Npgsql;
using Vkp.TestSupport;

namespace Vkp.EventStore.Tests;

public sealed class MigrationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A released migration is never edited. A new one adds a line here; a changed line is a mistake.</summary>
    [Fact]
    public void The_hash_of_every_migration_is_the_approved_one() =>
        Snapshot.Verify(string.Join('\n', Migrations.FilesOf(typeof(Migrations).Assembly)
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Number:0000}_{file.Name} {Convert.ToHexStringLower(file.Hash.Span)}"))));

    [Fact]
    public async Task An_applied_migration_that_was_edited_is_refused_and_nothing_is_applied()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.ExecuteAsync($"update {store.Schema}.schema_migration set sha256 = sha256('as it was') where number = 2; delete from {store.Schema}.schema_migration where number = 4");

        var fault = await Assert.ThrowsAsync<StoreException>(() => Migrations.ApplyAsync(store.Owner, store.Schema, Ct));

        Assert.Equal("VKP-301", fault.Code);
        Assert.Contains("0002_append", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Applying_again_applies_nothing_and_two_programs_at_once_apply_each_file_once()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrations.ApplyAsync(owner, database.Schema, Ct)));

        Assert.Equal(Migrations.FilesOf(typeof(Migrations).Assembly).Count, applied.Sum());
        Assert.Equal(0, await Migrations.ApplyAsync(owner, database.Schema, Ct));
    }

    [Fact]
    public async Task A_schema_name_that_needs_quoting_is_refused()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        foreach (var name in (string[])["Vkp", "x; drop table event", "", "1a", "a-b"])
            await Assert.ThrowsAsync<ArgumentException>(() => Migrations.ApplyAsync(store.Owner, name, Ct));
    }
}
