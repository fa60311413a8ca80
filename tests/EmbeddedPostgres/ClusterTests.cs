using System.Net;
using System.Net.Sockets;
using Vkp.TestSupport;

namespace Vkp.EmbeddedPostgres.Tests;

public class ClusterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_and_port_survive_a_restart()
    {
        await using var scratch = new Scratch();
        var first = await Cluster.StartAsync(scratch.Path, null, Ct);
        await Scratch.ScalarAsync(first.ConnectionString, "create table kept (n int); insert into kept values (7)", Ct);
        await first.StopAsync(Ct);

        await using var second = await Cluster.StartAsync(scratch.Path, null, Ct);

        Assert.False(second.Adopted);
        Assert.Equal(first.Port, second.Port);
        Assert.Equal(7, await Scratch.ScalarAsync(second.ConnectionString, "select n from kept", Ct));
    }

    [Fact]
    public async Task Commits_are_durable_and_nothing_but_loopback_listens()
    {
        await using var scratch = new Scratch();
        await using var cluster = await Cluster.StartAsync(scratch.Path, null, Ct);
        const string settings = "select string_agg(name || '=' || setting, ' ' order by name) from pg_settings where name in ('fsync','synchronous_commit','full_page_writes','listen_addresses','unix_socket_directories')";
        Assert.Equal(
            "fsync=on full_page_writes=on listen_addresses=127.0.0.1 synchronous_commit=on unix_socket_directories=",
            await Scratch.ScalarAsync(cluster.SuperuserConnectionString, settings, Ct));
    }

    [Fact]
    public async Task The_password_is_for_its_owner_alone_and_without_it_nobody_gets_in()
    {
        await using var scratch = new Scratch();
        await using var cluster = await Cluster.StartAsync(scratch.Path, null, Ct);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(scratch.Path, "postgres.password")));
        var wrong = new Npgsql.NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Password = "guess" }.ConnectionString;
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Scratch.ScalarAsync(wrong, "select 1", Ct));
        Assert.Equal("28P01", refused.SqlState);
    }

    [Fact]
    public async Task The_server_never_runs_as_root()
    {
        await using var scratch = new Scratch();
        await using var cluster = await Cluster.StartAsync(scratch.Path, null, Ct);
        var uid = (await File.ReadAllLinesAsync($"/proc/{cluster.ProcessId}/status", Ct)).Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
        Assert.NotEqual("0", uid);
    }

    [Fact]
    public async Task Root_keeps_the_account_that_made_the_data()
    {
        await using var scratch = new Scratch();
        var account = Path.Combine(scratch.Path, "postgres.account");
        // As on a machine that had no account 'postgres' when the data was made.
        if (Environment.IsPrivilegedProcess) await File.WriteAllTextAsync(account, "nobody\n", Ct);
        await using (await Cluster.StartAsync(scratch.Path, null, Ct)) { }

        await using var cluster = await Cluster.StartAsync(scratch.Path, null, Ct);

        if (Environment.IsPrivilegedProcess) Assert.Equal("nobody", (await File.ReadAllTextAsync(account, Ct)).Trim());
        else Assert.False(File.Exists(account));
        Assert.Equal(1, await Scratch.ScalarAsync(cluster.ConnectionString, "select 1", Ct));
    }

    [Fact]
    public async Task A_cancelled_start_leaves_no_server_and_no_lock()
    {
        await using var scratch = new Scratch();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var said = new Cancelling(cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cluster.StartAsync(scratch.Path, said, cancel.Token));
        var state = ClusterState.Read(scratch.Path);
        Assert.Null(state.ServerPid);
        Assert.Null(state.Hub);
    }

    [Fact]
    public async Task A_directory_that_the_server_may_not_enter_keeps_its_data_elsewhere_and_names_the_place()
    {
        await using var closed = new Scratch();
        File.SetUnixFileMode(closed.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var directory = Path.Combine(closed.Path, "data");
        var first = await Cluster.StartAsync(directory, null, Ct);
        await Scratch.ScalarAsync(first.ConnectionString, "create table kept (n int); insert into kept values (7)", Ct);
        await first.StopAsync(Ct);

        var second = await Cluster.StartAsync(directory, null, Ct);
        try
        {
            Assert.Equal(7, await Scratch.ScalarAsync(second.ConnectionString, "select n from kept", Ct));
            // Only root drops to an account that is kept out; anybody else's server is that person's own.
            if (!Environment.IsPrivilegedProcess) Assert.Equal(Path.Combine(directory, "postgres"), second.Home);
            else Assert.Equal(second.Home, (await File.ReadAllTextAsync(Path.Combine(directory, "postgres.location"), Ct)).Trim());
        }
        finally
        {
            await second.DestroyAsync(Ct);
        }
        Assert.False(Directory.Exists(second.Home));
    }

    [Fact]
    public async Task A_port_taken_while_the_hub_was_away_moves_the_database()
    {
        await using var scratch = new Scratch();
        var first = await Cluster.StartAsync(scratch.Path, null, Ct);
        await first.StopAsync(Ct);
        using var intruder = new TcpListener(IPAddress.Loopback, first.Port);
        intruder.Start();
        var said = new TestSignal<string>();

        await using var second = await Cluster.StartAsync(scratch.Path, said, Ct);

        Assert.NotEqual(first.Port, second.Port);
        Assert.Contains(said.Reported, line => line.Contains($"Port {first.Port} is taken", StringComparison.Ordinal));
        Assert.Equal(1, await Scratch.ScalarAsync(second.ConnectionString, "select 1", Ct));
    }

    [Fact]
    public async Task Data_of_another_major_version_is_refused_with_what_to_install()
    {
        await using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.Data);
        await File.WriteAllTextAsync(Path.Combine(scratch.Data, "PG_VERSION"), "12\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(scratch.Path, "postgres.password"), "x\n", Ct);
        var refused = await Assert.ThrowsAsync<ClusterException>(() => Cluster.StartAsync(scratch.Path, null, Ct));
        Assert.Equal("VKP-935", refused.Code);
        Assert.Contains("postgresql-12", refused.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task A_missing_password_file_is_one_clear_line()
    {
        await using var scratch = new Scratch();
        await using (await Cluster.StartAsync(scratch.Path, null, Ct)) { }
        File.Delete(Path.Combine(scratch.Path, "postgres.password"));
        var refused = await Assert.ThrowsAsync<ClusterException>(() => Cluster.StartAsync(scratch.Path, null, Ct));
        Assert.Equal("VKP-939", refused.Code);
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_one_clear_line()
    {
        await using var scratch = new Scratch();
        var file = Path.Combine(scratch.Path, "file");
        await File.WriteAllTextAsync(file, "", Ct);
        var refused = await Assert.ThrowsAsync<ClusterException>(() => Cluster.StartAsync(file, null, Ct));
        Assert.Equal("VKP-939", refused.Code);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task A_server_that_does_not_start_says_why_from_its_own_log()
    {
        await using var scratch = new Scratch();
        await using (await Cluster.StartAsync(scratch.Path, null, Ct)) { }
        await File.AppendAllTextAsync(Path.Combine(scratch.Data, "postgresql.conf"), "nonsense_setting = on\n", Ct);
        var refused = await Assert.ThrowsAsync<ClusterException>(() => Cluster.StartAsync(scratch.Path, null, Ct));
        Assert.Equal("VKP-934", refused.Code);
        Assert.Contains("nonsense_setting", refused.What, StringComparison.Ordinal);
    }

    /// <summary>Cancels at the first line of progress: while the database is being made.</summary>
    private sealed class Cancelling(CancellationTokenSource cancel) : IProgress<string>
    {
        public void Report(string value) => cancel.Cancel();
    }
}
