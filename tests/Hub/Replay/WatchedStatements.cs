using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Npgsql;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Replay;

/// <summary>Connections to a hub's database that tell of every statement sent over them how often it was, and the longest list among its parameters.</summary>
internal sealed class WatchedStatements : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> largest = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> sent = new();
    private readonly ActivityListener listener = new() { ShouldListenTo = source => source.Name == "Npgsql", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };

    public WatchedStatements(TestHub hub)
    {
        // What is sent is told to whoever traces; nothing is told while nobody does.
        ActivitySource.AddActivityListener(listener);
        var builder = new NpgsqlDataSourceBuilder(Vkp.EventStore.Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema));
        builder.ConfigureTracing(tracing => tracing
            .ConfigureCommandEnrichmentCallback((_, command) => Note(command.CommandText, command.Parameters))
            .ConfigureBatchEnrichmentCallback((_, batch) =>
            {
                foreach (var command in batch.BatchCommands) Note(command.CommandText, command.Parameters);
            }));
        Database = builder.Build();
    }

    public NpgsqlDataSource Database { get; }

    public IReadOnlyDictionary<string, int> LargestLists => largest;

    /// <summary>How many statements with this in them were sent.</summary>
    public int Count(string part) => sent.Count(text => text.Contains(part, StringComparison.Ordinal));

    /// <summary>Forgets what was sent until now.</summary>
    public void Begin()
    {
        largest.Clear();
        sent.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        listener.Dispose();
    }

    private void Note(string statement, DbParameterCollection parameters)
    {
        sent.Enqueue(statement);
        var longest = parameters.Cast<DbParameter>().Select(parameter => parameter.Value is Array list and not byte[] ? list.Length : 0).DefaultIfEmpty().Max();
        largest.AddOrUpdate(statement, longest, (_, before) => Math.Max(before, longest));
    }
}
