using System.Diagnostics;
using System.Text;
using Npgsql;
using Vkp.Cli.Admin;
using Vkp.Cli.SandboxEpj;
using Vkp.Cli.Up;
using Vkp.Hub.Faces;
using Vkp.Hub.Trace;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests;

/// <summary>`vkp sandbox epj nservicebus-postgresql` as processes of their own that die. On a hub of its own: it is given another journal system.</summary>
public sealed class QueuedEpjTests(SandboxHub sandbox) : IClassFixture<SandboxHub>, IAsyncLifetime
{
    private readonly List<Process> started = [];
    private readonly string database = $"{TestCluster.Prefix}{Guid.NewGuid():N}";
    private QueuePart queue = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => queue = await SandboxTransport.MakeAsync((await TestCluster.GetAsync(Ct)).ConnectionString, database, Ct);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }

        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync(CancellationToken.None)).SuperuserConnectionString + ";Pooling=false");
        foreach (var sql in (string[])[$"drop database {database} with (force)", $"drop role {queue.Endpoint.User}", $"drop role {queue.HubUser}"])
        {
            await using var drop = superuser.CreateCommand(sql);
            await drop.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Killed_between_journaling_and_answering_it_answers_in_its_next_life_and_doubles_nothing()
    {
        using var http = new HttpClient();
        var first = await StartAsync();
        await ConfigureAsync(first.Destination);
        using (var hang = new StringContent("""[{"kind":"hang","stage":"afterJournaling"}]""", Encoding.UTF8, "application/json"))
        using (var told = await http.PutAsync(new Uri(first.Address, "control/faults"), hang, Ct)) Assert.True(told.IsSuccessStatusCode);
        var (exitCode, answer) = await sandbox.RunAsync("trigger", "dose.dispensed");
        Assert.True(exitCode == 0, answer);
        await UntilJournaledAsync(http, first.Address);
        using var admin = AdminClient.Connect(sandbox.Directory);
        Assert.NotEqual("journaled", (await StateAsync(admin, answer)).State);
        first.Process.Kill();
        await first.Process.WaitForExitAsync(Ct);

        var second = await StartAsync();
        await Asking.UntilAsync(() => StateAsync(admin, answer), found => found.State == "journaled");

        var (_, journal) = await sandbox.RunAsync("sandbox", "journal", "--epj", second.Address.ToString());
        Assert.Contains("Medisin utlevert", journal, StringComparison.Ordinal);
        await UntilJournaledAsync(http, second.Address);
        Assert.Contains("\"acknowledged\":1", await http.GetStringAsync(new Uri(second.Address, "control/queue"), Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nservicebus-postgresql")]
    [InlineData("nservicebus-postgresql", "--queue-address", "amqp://127.0.0.1/place", "--queue-user", "u")]
    [InlineData("nservicebus-postgresql", "--queue-address", "postgresql://127.0.0.1/transport", "--queue-user", "u")]
    [InlineData("nservicebus-postgresql", "--queue-address", "postgresql://127.0.0.1/transport", "--queue-user", "u", "--queue-schema", "a\"b")]
    [InlineData("rabbitmq", "--queue-address", "amqp://epj.example/place", "--queue-user", "u")]
    [InlineData("rabbitmq", "--queue-address", "amqps://u:p@epj.example/place", "--queue-user", "u")]
    public async Task Without_a_queue_it_says_what_is_missing(string kind, params string[] options)
    {
        var (exitCode, said) = await sandbox.RunAsync(["sandbox", "epj", kind, .. options]);

        Assert.Equal(64, exitCode);
        Assert.StartsWith("VKP-959", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operators_own_database_server_gets_no_transport_database()
    {
        var (exitCode, said) = await CommandRun.RunAsync(
            ["up", "--port", "0", "--fetching-epj", EpjKind.PostgreSqlQueue, "--data", Path.Combine(sandbox.Directory.Path, "other")], ("VKP_DATABASE", "Host=127.0.0.1;Port=1"));

        Assert.Equal(64, exitCode);
        Assert.StartsWith("VKP-949", said, StringComparison.Ordinal);
    }

    private static Task<TraceAnswer> StateAsync(AdminClient admin, string answer) => admin.GetAsync($"admin/trace/{answer.Split("messages/")[1][..36]}", AdminJson.Default.TraceAnswer, Ct);

    private static Task<string> UntilJournaledAsync(HttpClient http, Uri epj) =>
        Asking.UntilAsync(() => http.GetStringAsync(new Uri(epj, "journal/count"), Ct), count => count == """{"journaled":1,"doubled":0}""");

    /// <summary>Beside the sandbox's own journal system, as the command says that it should be named; the hub finds its password in this process.</summary>
    private async Task ConfigureAsync(string destination)
    {
        var named = destination.Replace("env:VKP_HUB_QUEUE_PASSWORD", $"env:{queue.PasswordVariable}", StringComparison.Ordinal);
        var file = await File.ReadAllTextAsync(Path.Combine(sandbox.Directory.Sandbox, "municipality.yaml"), Ct);
        var own = file.Split('\n').Single(line => line.Contains("- { name: epj,", StringComparison.Ordinal));
        var (exitCode, said) = await sandbox.RunAsync("config", "apply", sandbox.Write("queued.yaml", Encoding.UTF8.GetBytes(file.Replace(own, $"{own}\n      - {named}", StringComparison.Ordinal))));
        Assert.True(exitCode == 0, said);
    }

    /// <returns>Where it is reached, and the destination it asks to be registered as.</returns>
    private async Task<(Process Process, Uri Address, string Destination)> StartAsync()
    {
        var process = CommandRun.Start(
            ["sandbox", "epj", EpjKind.PostgreSqlQueue, "--queue-address", queue.Endpoint.Address.ToString(), "--queue-user", queue.Endpoint.User, "--queue-schema", queue.Endpoint.Schema!,
             "--hub-user", queue.HubUser, "--data", sandbox.Directory.Path],
            ("VKP_QUEUE_PASSWORD", queue.Endpoint.Password!));
        started.Add(process);
        string? destination = null;
        while (await process.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            if (line.Contains("- { name:", StringComparison.Ordinal)) destination = line.Trim()[2..];
            if (line.Contains("journal:", StringComparison.Ordinal)) return (process, new Uri(line.Split("journal:")[1].Trim()[..^"journal".Length]), destination!);
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Ct));
    }
}
