using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Queues;

/// <summary>A whole hub, a place in a real transport, and the sandbox's journal system that takes its messages there. It looks ten times a second, and when it is told.</summary>
internal sealed class QueuedEpj : IAsyncDisposable
{
    private TransportDatabase? database;
    private TransportPlace? schema;
    private BrokerPlace? host;

    private QueuedEpj()
    {
    }

    /// <summary>How it reaches its queue.</summary>
    public QueueAccess Access { get; private set; } = null!;

    public FetchingFixture At { get; private set; } = null!;

    /// <param name="settings">More of the destination's, `, body: full`.</param>
    public static async Task<QueuedEpj> StartAsync(string kind, string settings = "", Func<FetchingEpjOptions, FetchingEpjOptions>? change = null)
    {
        var made = new QueuedEpj();
        string destination;
        if (kind == EpjKind.PostgreSqlQueue)
        {
            made.database = await TransportDatabase.CreateAsync();
            made.schema = await made.database.AddAsync();
            made.Access = new QueueAccess(made.database.Address, made.schema.EndpointRole, TransportDatabase.Password, QueueAccess.DefaultQueue) { Schema = made.schema.Schema };
            destination = made.schema.Yaml(settings);
        }
        else
        {
            made.host = await Broker.AddAsync();
            made.Access = new QueueAccess(made.host.Address, made.host.EndpointUser, Broker.Password, QueueAccess.DefaultQueue);
            destination = made.host.Yaml($", queue: {QueueAccess.DefaultQueue}{settings}");
        }

        FetchingEpjOptions Queued(FetchingEpjOptions options) => options with { Interval = TimeSpan.FromMilliseconds(100), Queue = made.Access };
        made.At = await FetchingFixture.StartAsync(kind, options => (change ?? (same => same))(Queued(options)), destination: destination);
        return made;
    }

    /// <summary>Puts a message into its queue that the hub never sent.</summary>
    public async Task SendAsync(string types, string body)
    {
        await using var login = await database!.OpenAsync(schema!.EndpointRole);
        await using var insert = new Npgsql.NpgsqlCommand($"insert into \"{schema.Schema}\".\"{Access.Queue}\" (\"Id\", \"Headers\", \"Body\") values (gen_random_uuid(), $1, $2)", login);
        insert.Parameters.Add(new() { Value = $$"""{"NServiceBus.EnclosedMessageTypes":"{{types}}","NServiceBus.ReplyToAddress":"\"{{schema.Schema}}\".\"vkp.hub\""}""" });
        insert.Parameters.Add(new() { Value = System.Text.Encoding.UTF8.GetBytes(body) });
        await insert.ExecuteNonQueryAsync();
    }

    /// <summary>Ends its connection to the transport, and lets it go on.</summary>
    public Task CutAsync() => database!.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{schema!.EndpointRole}'");

    /// <summary>The code under which the hub has set an answer aside.</summary>
    public async Task<string> SetAsideAsync()
    {
        if (database is not null) return (await Asking.UntilAsync(() => database.AskAsync<string>($"select coalesce(max(\"Headers\"::json ->> 'Vkp.Error'), '') from {schema!.Schema}.\"vkp.hub.error\""), code => code.Length > 0))!;
        return (await Asking.UntilAsync(host!.TakeSetAsideAsync, code => code is not null))!;
    }

    /// <summary>Waits, at most half a minute, until its journal holds so many entries.</summary>
    public Task UntilJournaledAsync(int entries) => Asking.UntilAsync(() => Task.FromResult(At.Epj.Count.Journaled), journaled => journaled == entries);

    /// <summary>Waits, at most half a minute, until so many messages are in its queue or its hand.</summary>
    public Task UntilWaitingAsync(int messages) => Asking.UntilAsync(async () =>
    {
        await At.FetchAsync();
        return At.Epj.Queue!.Waiting;
    }, waiting => waiting == messages);

    public async ValueTask DisposeAsync()
    {
        await At.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
    }
}
