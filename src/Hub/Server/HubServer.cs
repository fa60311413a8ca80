using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.EventStore.Audit;
using Vkp.EventStore.Retention;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.AccessLog;
using Vkp.Hub.Acknowledgement;
using Vkp.Hub.AsOf;
using Vkp.Hub.Audit;
using Vkp.Hub.Benefit;
using Vkp.Hub.Canary;
using Vkp.Hub.Correcting;
using Vkp.Hub.DeadLetters;
using Vkp.Hub.Delivery;
using Vkp.Hub.Escalation;
using Vkp.Hub.Export;
using Vkp.Hub.Faces;
using Vkp.Hub.Identity;
using Vkp.Hub.Handover;
using Vkp.Hub.Intake;
using Vkp.Hub.LookUps;
using Vkp.Hub.Notifications;
using Vkp.Hub.Operations;
using Vkp.Hub.Outbound;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Reconciliation;
using Vkp.Hub.Queues;
using Vkp.Hub.Registry;
using Vkp.Hub.Replay;
using Vkp.Hub.Retention;
using Vkp.Hub.Routing;
using Vkp.Hub.SelfTest;
using Vkp.Hub.Staff;
using Vkp.Hub.Trace;

namespace Vkp.Hub;

/// <summary>
/// A running hub: its wiring, from the faces to the journal systems, in one place. The rooms stand in the order a message meets them.
/// Nodes are equal: any number may run on one database.
/// </summary>
public sealed class HubServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly WebApplication web;
    private readonly List<Task> loops = [];
    private readonly TaskCompletionSource<Exception> fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IAsyncDisposable> owned;
    private readonly List<IDisposable> wires;

    private HubServer(WebApplication web, List<IAsyncDisposable> owned, List<IDisposable> wires)
    {
        this.web = web;
        this.owned = owned;
        this.wires = wires;
    }

    /// <summary>Where the hub listens.</summary>
    public Uri Address => new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Every operation the hub answers, `POST /fhir`: for whoever checks a description of the faces against what is there.</summary>
    public IReadOnlyList<string> Routes => [.. ((IEndpointRouteBuilder)web).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"))];

    /// <summary>What each route of the administration needs; null where it does not say, and then nobody passes.</summary>
    public IReadOnlyList<(string Route, AdminNeed? Need)> AdminRoutes => [.. ((IEndpointRouteBuilder)web).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/admin/", StringComparison.Ordinal))
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => ($"{method} {endpoint.RoutePattern.RawText}", endpoint.Metadata.GetMetadata<AdminNeed>())))];

    /// <summary>
    /// Ends when a room has stopped on an error nobody foresaw, with that error; else never. The process should end then and be started again:
    /// everything is durable, and a hub that goes on without one of its rooms would lie about its messages.
    /// </summary>
    public Task<Exception> Fault => fault.Task;

    /// <summary>Migrates the database, listens, then starts the loops. Fails with <see cref="HubStartException"/> and one clear line.</summary>
    public static async Task<HubServer> StartAsync(HubOptions options, TimeProvider time, CancellationToken ct)
    {
        var address = Loopback(options.Address);
        IssuerKeys.Check(options.Issuer, options.Environment);
        if (options.Staff is { } signIn) IssuerKeys.Check(signIn.Issuer, options.Environment);
        await MigrateAsync(options, ct);
        var database = new NpgsqlDataSourceBuilder(Database.AppConnectionString(options.Database, options.Schema)).Build();
        var app = Build(options, address);
        var log = app.Services.GetRequiredService<ILoggerFactory>();

        var store = new EventLog(database);
        var vault = new Vault(database, options.MasterKey, time);
        var registry = new MunicipalityRegistry(store, vault, time);
        var identities = new PatientIdentities(store, vault);
        var vendors = VendorCatalog.All.ToDictionary(a => a.Info.Name, StringComparer.Ordinal);
        var epjs = EpjCatalog.All.ToDictionary(a => a.Info.Name, StringComparer.Ordinal);

        var messages = new MessageReader(database);
        var outbound = new OutboundPolicy(options.Environment, options.AllowedNetworks, log.CreateLogger<OutboundPolicy>(), own: options.AllowedNetworksOf);
        var channel = new EpjChannel(outbound, time);
        var composer = new DocumentComposer(store, vault);
        var deliveries = new DeliveryStore(database, store, Guid.NewGuid());
        var queues = new Dictionary<string, IQueueTransport>(StringComparer.Ordinal)
        {
            [QueueKind.PostgreSql.Name] = new PostgreSqlTransport(database, outbound, time, log.CreateLogger<PostgreSqlTransport>()),
            [QueueKind.RabbitMq.Name] = new RabbitMqTransport(outbound, time),
        };
        var attempt = new DeliveryAttempt(
            composer, deliveries, registry, epjs, channel, new QueueSender(queues, Secrets.Read, time),
            Secrets.Read, time, log.CreateLogger<DeliveryAttempt>());
        var engine = new DeliveryEngine(deliveries, store, attempt, registry, time, log.CreateLogger<DeliveryEngine>());
        var acknowledgements = new Acknowledgements(database, store, time);
        var answers = new QueueAnswers(store, registry, acknowledgements, engine, queues, Secrets.Read, time, log.CreateLogger<QueueAnswers>());
        registry.Changed += engine.SignalChange;
        var offers = new OfferReader(database, store, time);
        var subscriptions = new SubscriptionStore(database, store, Guid.NewGuid());
        var register = new SubscriptionRegister(store, vault, subscriptions, time);
        var notifications = new NotificationAttempt(subscriptions, composer, offers, registry, channel, time);
        var notifier = new Notifier(subscriptions, register, notifications, store, time, log.CreateLogger<Notifier>());
        var routing = new RoutingSubscription(store, registry, time);
        var routingSubscription = new Subscription(store, "routing", Limits.SubscriptionPageEventsMax, routing.HandleAsync, time, tenant =>
        {
            engine.Signal(tenant);
            if (routing.IsFetched(tenant)) notifier.Signal();
        }) { ReadsBodies = false };
        var projection = new Subscription(store, "messages", Limits.ProjectionPageEventsMax, async (page, cancel) =>
        {
            await MessageProjection.HandleAsync(page, cancel);
            await Canaries.NoteArrivalsAsync(page, cancel);
        }, time) { ReadsBodies = false, PageInterval = Limits.ProjectionInterval };

        var keys = new IssuerKeys(options.Issuer, options.Environment, outbound, time);
        var refused = new RefusalLog(time, log.CreateLogger<RefusalLog>());
        var rates = new ClientRates(options.RequestsPerClientAndSecond);
        var proofs = new SpentProofs(database, store, time);
        var addresses = new PublicAddresses(options.PublicAddresses, options.Environment == HubEnvironment.Development ? options.PassedOnFrom : []);
        var tokens = new AccessTokens(new IssuedTokens(keys, options.Audiences, time), new PossessionCheck(addresses, proofs, time), rates, registry, refused);
        var heartbeats = new Heartbeats(database, store, registry, time);
        // Connections of their own: however many look, none takes a delivery's place.
        var lookUps = new EpjChannel(outbound, time);
        var journal = new JournalQuestions(epjs, lookUps, Secrets.Read, time);
        var services = new ActiveServices(journal, time);
        var intake = new EventIntake(store, vault, identities, heartbeats, services, options.Environment, time);
        var status = new MessageStatus(messages, projection, store);
        var held = new HeldMessages(store, vault, intake, registry, messages, vendors);
        var history = new MessageHistory(database);
        var opening = new MessageOpening(store);
        var trace = new MessageTrace(
            new TraceSearch(database, store, vault, registry, messages, history, vendors), new TraceDeliveries(database), history, opening, vault, time);
        var anchors = new AnchorFiles(options.AnchorFolder, store, time, log.CreateLogger<AnchorFiles>());
        var audit = new AuditFace(
            new ChainAudit(new LogAudit(database, anchors.Signed), store, anchors, time, Limits.AuditProgressInterval), new AuditPackage(new LogExport(database), anchors, options.MasterKey, time));
        var owner = NpgsqlDataSource.Create(options.Database);
        var retention = new RetentionOffice(database, store, new LogRetention(store), new StoreSpace(owner, options.Schema), registry, anchors, time);
        var retentionClock = new RetentionClock(store, registry, retention, time, log.CreateLogger<RetentionClock>());
        var replays = new ReplayStore(database, store);
        var devices = new SelectedDevice(history, vault);
        var resends = new ResendWork(new ResendStore(database), devices, registry, epjs, time);
        var correcting = new CorrectingMessages(vault, time);
        var kinds = new Dictionary<string, IReplayWork>(StringComparer.Ordinal) { [ReplayKinds.Audit] = new ReplayPages(database, store, vault, vendors), [ReplayKinds.Resend] = resends, [ReplayKinds.Correct] = new CorrectWork(devices, history, messages, vault, registry, correcting, vendors) };
        var replayEngine = new ReplayEngine(database, store, vault, replays, kinds, vendors, anchors, engine.SignalChange, time, log.CreateLogger<ReplayEngine>());
        var replayFace = new ReplayFace(
            new ReplayOffice(database, store, vault, registry, replays, replayEngine, resends, options.Environment, time), new RetranslationView(store, vault, messages, opening, vendors));
        var archive = new ArchiveFace(
            registry, new QueueAsOf(database), new BulkExport(store, vault), new Shredding(store, vault, history, anchors, time), vault, time);
        var handover = new HandoverFace(new HandoverOffice(store, vault, registry, new HandoverStore(database, store, time), epjs, time));
        var canaries = new Canaries(database, store, vault, registry, options.CanaryInterval, time);
        var report = new HubStatus(store, registry, messages, [routingSubscription, projection], engine, new Overdue(database, time), canaries, subscriptions, time, options.Environment);

        var summaries = new DailySummaries(database, store, vault, time);
        var watch = new HeldWatch(store, registry, messages, held, time);
        var escalations = new EscalationStore(database, store);
        var escalationWatch = new EscalationWatch(escalations, new MailRelay(options.Mail), channel, store, registry, time, log.CreateLogger<EscalationWatch>());
        var clockwork = new Clockwork([summaries.RunOnceAsync, watch.RunOnceAsync, heartbeats.RunOnceAsync, proofs.RunOnceAsync, canaries.RunOnceAsync, escalationWatch.RunOnceAsync], time, log.CreateLogger<Clockwork>());

        app.UseMiddleware<SecurityHeaders>();
        var refusals = new Refusals(time);
        app.UseMiddleware<RefusalWatch>(refusals);
        app.UseMiddleware<FaultBoundary>();
        new VendorFace(tokens, new SignedSenders(registry, rates, refused, Secrets.Read, time), intake, status, vendors, time, log.CreateLogger<VendorFace>()).Map(app);
        new VkpFace(tokens, intake, status, new RepairReport(messages, store), vendors[VkpFace.Vendor]).Map(app);
        new LookUpFace(tokens, new LookUpDesk(store, vault, journal, services, options.Environment, time)).Map(app);
        new JftFace(tokens, intake, status, history, new Corrections(store, vault), vendors[JftFace.Vendor]).Map(app);
        new JftReadFace(tokens, offers, composer, acknowledgements).Map(app);
        new MeasurementFace(tokens, intake, new ObservationSearch(store, vault), vendors[MeasurementFace.Vendor]).Map(app);
        new SubscriptionFace(tokens, register, subscriptions, notifier).Map(app);
        new SubscriptionOperations(tokens, register, subscriptions, notifications, offers, time).Map(app);
        new CapabilityFace(time).Map(app);
        var parked = new DeadLetterStore(database, store);
        var letters = new DeadLetterOffice(parked, store, engine, time);
        var deadLetters = new DeadLetterFace(letters, parked);
        var correctionFace = new CorrectionFace(new CorrectionOffice(database, store, vault, registry, messages, composer, correcting, letters, vendors));
        var glass = new BreakGlass(database, store, log.CreateLogger<BreakGlass>());
        IReadOnlyList<Action<IEndpointRouteBuilder>> offices =
        [
            new HeldAdmin(report, held, new HeldReasons(store), registry).Map, new TraceFace(trace, registry).Map, deadLetters.Map,
            new VendorSelfTestFace(new VendorSelfTest(store, registry, messages, projection, refusals, time), vendors, time).Map, new KeyFace(vault).Map,
            audit.Map, new AccessFace(new AccessReader(store, vault, history, time)).Map, replayFace.Map, correctionFace.Map, archive.Map, new ConfigurationFace(registry).Map, handover.Map, new RetentionFace(retention, vault).Map, new BenefitFace(new BenefitReport(database)).Map,
            new DestinationFace(registry, new Hastening(database, store, registry, time)).Map, new EscalationAdmin(escalations, registry, time).Map, new ReconciliationAdmin(new DayReader(database), registry, time).Map,
            new StaffFace(registry, options.Staff, time).Map, new BreakGlassFace(glass).Map,
        ];
        var staffKeys = options.Staff is { } staff ? new IssuerKeys(staff.Issuer, options.Environment, outbound, time) : null;
        var staffTokens = staffKeys is null ? null : new StaffTokens(new IssuedTokens(staffKeys, [options.Staff!.Audience], time), options.Staff);
        new AdminFace(
            new AdminDoor(options.AdminToken, staffTokens, rates, registry, store, glass, refused, time), registry, new RegistryFileCheck(registry, database), identities, vault, report, new LogTail(store, time), offices, [routingSubscription, projection], vendors, epjs).Map(app);
        var hub = new HubServer(app, [.. queues.Values, store, database, owner], [notifier, canaries, escalationWatch, channel]);
        new Health(database, [routingSubscription, projection], hub.Fault).Map(app);
        app.Lifetime.ApplicationStopped.Register(lookUps.Dispose);
        app.Lifetime.ApplicationStopped.Register(keys.Dispose);
        if (staffKeys is not null) app.Lifetime.ApplicationStopped.Register(staffKeys.Dispose);
        app.Lifetime.ApplicationStopped.Register(rates.Dispose);
        // It listens first: what vendors send is safe once it is stored, and the loops' first rounds are the slow ones.
        await app.StartAsync(ct);
        var rooms = log.CreateLogger<HubServer>();
        hub.loops.Add(hub.GuardAsync("listening", store.ListenAsync(time, hub.stopping.Token), rooms));
        hub.loops.Add(hub.GuardAsync("routing", routingSubscription.RunAsync(hub.stopping.Token), rooms));
        hub.loops.Add(hub.GuardAsync("messages", projection.RunAsync(hub.stopping.Token), rooms));
        hub.loops.Add(hub.GuardAsync("delivery", engine.RunAsync(hub.stopping.Token), rooms));
        hub.loops.Add(hub.GuardAsync("answers", answers.RunAsync(hub.stopping.Token), rooms));
        hub.loops.Add(hub.GuardAsync("notifications", notifier.RunAsync(hub.stopping.Token), rooms));
        hub.loops.Add(hub.GuardAsync("clockwork", clockwork.RunAsync(hub.stopping.Token), rooms));
        hub.loops.Add(hub.GuardAsync("replay", replayEngine.RunAsync(hub.stopping.Token), rooms));
        hub.loops.Add(hub.GuardAsync("retention", retentionClock.RunAsync(hub.stopping.Token), rooms));
        hub.loops.Add(hub.GuardAsync("anchors", anchors.RunAsync(hub.stopping.Token), rooms));
        if (options is { AdminToken: not null, Environment: not HubEnvironment.Development })
            rooms.LogWarning("VKP-905 The machine's own token opens the administration to whoever can read it on this machine. Switch it off when people have been granted their roles ('--no-machine-token').");
        return hub;
    }

    /// <summary>The address to listen on; anything but loopback is refused, since the hub has no TLS of its own.</summary>
    public static IPAddress Loopback(string text) =>
        IPAddress.TryParse(text, out var address) && IPAddress.IsLoopback(address) ? address : throw new HubStartException(Errors.NotLoopback(text));

    /// <summary>Stops taking requests, lets what is on its way end, then stops the loops.</summary>
    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await stopping.CancelAsync();
        await Task.WhenAll(loops);
        // After the loops: they hear what is on its way to the end.
        foreach (var wire in wires) wire.Dispose();
        foreach (var resource in owned) await resource.DisposeAsync();
        await web.DisposeAsync();
        stopping.Dispose();
    }

    private async Task GuardAsync(string room, Task loop, ILogger log)
    {
        try
        {
            await loop;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The room was asked to stop and did.
        }
        catch (Exception unforeseen)
        {
            log.LogCritical(unforeseen, "VKP-998 The room '{Room}' has stopped on a fault of the hub.", room);
            fault.TrySetResult(unforeseen);
        }
    }

    private static async Task MigrateAsync(HubOptions options, CancellationToken ct)
    {
        await using var owner = NpgsqlDataSource.Create(options.Database);
        try
        {
            await Migrations.ApplyAsync(owner, options.Schema, ct);
            await Migrations.ApplyAsync(owner, options.Schema, typeof(HubServer).Assembly, "hub", ct);
        }
        catch (Exception away) when (away is NpgsqlException or StoreException or TimeoutException)
        {
            throw new HubStartException(Errors.DatabaseUnusable(away.Message.ReplaceLineEndings(" ")), away);
        }
    }

    private static WebApplication Build(HubOptions options, IPAddress address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        // The framework logs addresses of requests below this level; an address could hold what a caller put there.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<Microsoft.AspNetCore.Routing.RouteOptions>(o => o.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.BodyBytesDrainedMax;
            kestrel.Limits.MaxRequestHeadersTotalSize = Limits.HeaderBytesMax;
            kestrel.Limits.MaxRequestHeaderCount = Limits.HeadersMax;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(Limits.BodyBytesPerSecondMin, TimeSpan.FromSeconds(5));
            kestrel.Limits.MaxConcurrentConnections = Limits.ConnectionsMax;
        });
        return builder.Build();
    }
}
