using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Vkp.EmbeddedPostgres;
using Vkp.EventStore.Audit;
using Vkp.EventStore.Subscriptions;
using Vkp.TestSupport;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests.Crash;

public sealed class CrashTests
{
    private const int Writers = 12;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>
    /// Writers send messages and send again what was not answered, as vendors do; meanwhile PostgreSQL is killed (-9), or its
    /// connections are. VKP_TEST_CRASHES asks for more rounds than the 4 of every run.
    /// </summary>
    [Fact]
    public async Task What_was_acknowledged_is_stored_once_through_kills_of_the_database_and_of_its_connections()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("VKP_TEST_CRASHES"), out var asked) ? asked : 4;
        await using var world = await World.StartAsync(Ct);
        var random = new Random(Environment.TickCount);

        for (var round = 0; round < rounds; round++)
        {
            await world.UntilAcknowledgedAsync(random.Next(20, 200));
            if (round % 2 == 0)
                await world.KillDatabaseAsync();
            else
                await world.KillConnectionsAsync();
        }

        await world.UntilAcknowledgedAsync(50);
        await world.StopWritersAsync();

        foreach (var tenant in (int[])[Oslo, Bergen])
        {
            var log = await world.LogOfAsync(tenant, Ct);
            Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(e => e.Position));
            Assert.Equal(log.Count, log.Select(Text).Distinct().Count());
            Assert.Empty(world.Acknowledged(tenant).Except(log.Select(Text)));
            Assert.Empty(log.Select(Text).Except(world.Sent(tenant)));
            Assert.Null((await new LogAudit(world.App).VerifyAsync(tenant, [], Ct)).FirstBreak);
        }

        Assert.True(await world.Subscription.WaitUntilAsync(Oslo, (await world.LogOfAsync(Oslo, Ct)).Count, Asking.Patience, Ct));
        Assert.Equal((await world.LogOfAsync(Oslo, Ct)).Select(e => e.Id), await world.EffectsAsync(Oslo));
    }

    private sealed class World : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder;
        private readonly Cluster _cluster;
        private readonly EventLog _log;
        private readonly CancellationTokenSource _stop = new();
        private readonly ConcurrentDictionary<(int Tenant, string Text), bool> _sent = new();
        private readonly TestSignal<string> _server = new();
        private readonly TestSignal<long> _progress = new();
        private readonly Task _supervising;
        private readonly Task _subscribing;
        private readonly CancellationTokenSource _stopSubscribing = new();
        private readonly Task _writing;
        private volatile TaskCompletionSource _up = Open();
        private long _acknowledged;
        private int _kills;

        private World(DirectoryInfo folder, Cluster cluster, NpgsqlDataSource app)
        {
            (_folder, _cluster, App) = (folder, cluster, app);
            _log = new EventLog(app);
            Subscription = new Subscription(_log, "effects", 50, StoreEffectsAsync, TimeProvider.System);
            _supervising = cluster.SuperviseAsync(_server, _stopSubscribing.Token);
            _subscribing = Subscription.RunAsync(_stopSubscribing.Token);
            _writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer))));
        }

        public NpgsqlDataSource App { get; }

        public Subscription Subscription { get; }

        public static async Task<World> StartAsync(CancellationToken ct)
        {
            var folder = Directory.CreateTempSubdirectory("vkp-crash");
            var cluster = await Cluster.StartAsync(folder.FullName, null, ct);
            await using (var owner = NpgsqlDataSource.Create(cluster.ConnectionString))
            {
                await Migrations.ApplyAsync(owner, "vkp", ct);
                await using var effects = owner.CreateCommand("create table vkp.effect (number bigint generated always as identity, tenant int, id uuid); grant select, insert on vkp.effect to vkp_app");
                await effects.ExecuteNonQueryAsync(ct);
            }

            return new World(folder, cluster, NpgsqlDataSource.Create(EventStore.Database.AppConnectionString(cluster.ConnectionString, "vkp")));
        }

        public IEnumerable<string> Acknowledged(int tenant) => _sent.Where(sent => sent.Key.Tenant == tenant && sent.Value).Select(sent => sent.Key.Text);

        public IEnumerable<string> Sent(int tenant) => _sent.Keys.Where(key => key.Tenant == tenant).Select(key => key.Text);

        public async Task UntilAcknowledgedAsync(int more)
        {
            var goal = Interlocked.Read(ref _acknowledged) + more;
            await _progress.UntilAsync(count => count >= goal, TimeSpan.FromMinutes(2));
        }

        public async Task KillDatabaseAsync()
        {
            _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using (var server = Process.GetProcessById(_cluster.ProcessId))
                server.Kill();

            var kills = ++_kills;
            await _server.UntilAsync(text => text.Contains("is back", StringComparison.Ordinal) && _server.Reported.Count(line => line.Contains("is back", StringComparison.Ordinal)) >= kills, TimeSpan.FromMinutes(2));
            _up.TrySetResult();
        }

        public async Task KillConnectionsAsync()
        {
            await using var source = NpgsqlDataSource.Create(_cluster.SuperuserConnectionString + ";Pooling=false");
            await using var kill = source.CreateCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'vkp-hub'");
            await kill.ExecuteNonQueryAsync();
        }

        public async Task StopWritersAsync()
        {
            await _stop.CancelAsync();
            await _writing;
        }

        public async Task<IReadOnlyList<RecordedEvent>> LogOfAsync(int tenant, CancellationToken ct)
        {
            var log = new List<RecordedEvent>();
            while (await _log.ReadLogAsync(tenant, log.Count, 1000, ct) is { Count: > 0 } page)
                log.AddRange(page);

            return log;
        }

        public async Task<List<Guid>> EffectsAsync(int tenant)
        {
            await using var read = App.CreateCommand("select id from effect where tenant = $1 order by number");
            read.Parameters.Add(new() { Value = tenant });
            await using var reader = await read.ExecuteReaderAsync();
            var ids = new List<Guid>();
            while (await reader.ReadAsync())
                ids.Add(reader.GetGuid(0));

            return ids;
        }

        public async ValueTask DisposeAsync()
        {
            await StopWritersAsync();
            await _stopSubscribing.CancelAsync();
            await _subscribing;
            await Task.WhenAny(_supervising);
            await _log.DisposeAsync();
            await App.DisposeAsync();
            await _cluster.DisposeAsync();
            _folder.Delete(recursive: true);
            _stop.Dispose();
            _stopSubscribing.Dispose();
        }

        private static TaskCompletionSource Open()
        {
            var open = new TaskCompletionSource();
            open.SetResult();
            return open;
        }

        /// <summary>Each message is sent until it is answered, also after writing has been told to stop: a vendor does not forget.</summary>
        private async Task WriteAsync(int writer)
        {
            for (var number = 0; !_stop.IsCancellationRequested; number++)
            {
                var (tenant, text) = (number % 2 == 0 ? Oslo : Bergen, $"{writer}/{number}");
                _sent[(tenant, text)] = false;
                await SendAsync(Request(tenant, Patient($"{writer}"), text, dedup: Key(text)));
                _sent[(tenant, text)] = true;
                _progress.Report(Interlocked.Increment(ref _acknowledged));
            }
        }

        private async Task SendAsync(AppendRequest request)
        {
            while (true)
            {
                try
                {
                    if (await _log.AppendAsync(request, default) is AppendResult.Appended or AppendResult.Duplicate)
                        return;

                    throw new InvalidOperationException("Neither stored nor known.");
                }
                catch (Exception e) when (e is StoreException { RetryAfter: not null } or NpgsqlException)
                {
                    await _up.Task;
                }
            }
        }

        private static async Task StoreEffectsAsync(SubscriptionPage page, CancellationToken ct)
        {
            foreach (var e in page.Events)
            {
                await using var insert = new NpgsqlCommand("insert into effect (tenant, id) values ($1, $2)", page.Transaction.Connection, page.Transaction);
                insert.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = page.Tenant }, new() { Value = e.Id } });
                await insert.ExecuteNonQueryAsync(ct);
            }
        }
    }
}
