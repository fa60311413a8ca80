using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Vkp.EventStore.Tests;

/// <summary>The statements that one named data source sends, in the order they ended, as the driver itself tells.</summary>
internal sealed class HeardCommands : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<string> _texts = [];

    public HeardCommands(string name)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = command =>
            {
                if (!command.TagObjects.Any(tag => Equals(tag.Value, name)))
                    return;

                foreach (var (_, value) in command.TagObjects)
                {
                    if (value is string text && text.Contains("select ", StringComparison.Ordinal))
                        _texts.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<string> Texts => _texts;

    /// <summary>What was heard since the last time.</summary>
    public IEnumerable<string> Take()
    {
        while (_texts.TryDequeue(out var text))
            yield return text;
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>The same database under a name of its own: nothing else is heard.</summary>
    public static NpgsqlDataSource Named(StoreFixture store) => new NpgsqlDataSourceBuilder(store.AppConnectionString) { Name = store.Schema }.Build();
}
