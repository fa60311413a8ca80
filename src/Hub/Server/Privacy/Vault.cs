using System.Security.Cryptography;
using Vkp.EventStore;

namespace Vkp.Hub.Privacy;

/// <summary>
/// Seals and opens event bodies, finds patients' streams, and hashes what must be found again but not read.
/// Keys: master key, tenant keys, one key per stream. Thread-safe; one per process.
/// </summary>
public sealed class Vault
{
    private readonly KeyTables _tables;
    private readonly MasterKey _master;
    private readonly TimeProvider _clock;
    private readonly BoundedCache<int, TenantKeys> _tenants = new(10_000);
    private readonly BoundedCache<(int Tenant, string Stream), StreamKey> _streams = new(PrivacyLimits.StreamKeysCachedMax);
    private readonly BoundedCache<(int Tenant, string Alias), CachedStream> _aliases = new(PrivacyLimits.AliasesCachedMax);

    /// <param name="app">Connects with <see cref="Database.AppConnectionString"/>.</param>
    public Vault(Npgsql.NpgsqlDataSource app, MasterKey master, TimeProvider clock) =>
        (_tables, _master, _clock) = (new KeyTables(app), master, clock);

    /// <summary>A tenant's keys, made on first use. Two processes that make them at once end with the same.</summary>
    /// <exception cref="VaultException">VKP-323 the master key is not this database's.</exception>
    public ValueTask<TenantKeys> TenantAsync(int tenant, CancellationToken ct) =>
        _tenants.TryGet(tenant, out var keys) ? new(keys) : new(LoadTenantAsync(tenant, ct));

    /// <summary>
    /// The stream of the patient who has any of these identifiers, made on first use; the identifiers not yet known are
    /// bound to it, so that a D-number and a later fødselsnummer become one patient.
    /// </summary>
    /// <param name="identifiers">Strongest first. When they lead to different streams the first one's is taken; nothing is joined.</param>
    public async ValueTask<StreamName> PatientStreamAsync(int tenant, IReadOnlyList<(string System, string Value)> identifiers, CancellationToken ct)
    {
        if (identifiers.Count == 0)
            throw new ArgumentException("A patient needs an identifier; a message without one gets a stream of its own.", nameof(identifiers));

        var keys = await TenantAsync(tenant, ct);
        var aliases = new byte[identifiers.Count][];
        for (var i = 0; i < aliases.Length; i++)
            aliases[i] = keys.KeyedHash("patient-alias", $"{identifiers[i].System}\n{identifiers[i].Value}");

        if (CachedStreamOf(tenant, aliases) is { } known)
            return known;

        var fresh = new StreamName("patient", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)));
        var stream = await _tables.PatientStreamAsync(tenant, aliases, fresh, ct);
        foreach (var alias in aliases)
            _aliases.Set((tenant, Convert.ToHexString(alias)), new CachedStream(stream, _clock.GetTimestamp()));

        return stream;
    }

    /// <summary>The stream of the patient with this identifier; null when nothing was ever stored or registered under it. Makes nothing.</summary>
    public async ValueTask<StreamName?> FindPatientStreamAsync(int tenant, string system, string value, CancellationToken ct)
    {
        var alias = (await TenantAsync(tenant, ct)).KeyedHash("patient-alias", $"{system}\n{value}");
        return CachedStreamOf(tenant, [alias]) ?? await _tables.FindPatientStreamAsync(tenant, alias, ct);
    }

    /// <summary>Seals a body for one event of one stream. Only there can it be opened again.</summary>
    /// <exception cref="VaultException">VKP-322 the stream's key has been shredded.</exception>
    public ValueTask<ReadOnlyMemory<byte>> SealAsync(int tenant, StreamName stream, Guid eventId, ReadOnlyMemory<byte> plain, CancellationToken ct)
    {
        var name = stream.ToString();
        return CachedKeyOf(tenant, name) is { } key
            ? new(SealedBody.Seal(key, tenant, name, eventId, plain))
            : new(SealSlowAsync());

        async Task<ReadOnlyMemory<byte>> SealSlowAsync() =>
            SealedBody.Seal(await LoadKeyAsync(tenant, stream, create: true, ct), tenant, name, eventId, plain);
    }

    /// <summary>The body as it was before sealing.</summary>
    /// <exception cref="VaultException">VKP-321 changed or moved; VKP-322 shredded; VKP-324 removed by retention; VKP-325 the key is missing.</exception>
    public ValueTask<ReadOnlyMemory<byte>> OpenAsync(RecordedEvent e, CancellationToken ct)
    {
        if (e.BodyRemoved)
            throw VaultException.Removed(e);

        return CachedKeyOf(e.Tenant, e.Stream.ToString()) is { } key ? new(Open(e, key)) : new(OpenSlowAsync());

        async Task<ReadOnlyMemory<byte>> OpenSlowAsync() => Open(e, await LoadKeyAsync(e.Tenant, e.Stream, create: false, ct));
    }

    /// <summary>
    /// The bodies of a page of one tenant's events, in order: the keys not yet known come in one round trip, and the opening is
    /// spread over the processors. Null where the key is shredded or the body removed by retention.
    /// </summary>
    /// <exception cref="VaultException">VKP-321, VKP-325.</exception>
    public Task<ReadOnlyMemory<byte>?[]> OpenAsync(IReadOnlyList<RecordedEvent> page, CancellationToken ct) =>
        OpenAsync(page, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct });

    /// <summary>The same, spread as the caller says.</summary>
    public async Task<ReadOnlyMemory<byte>?[]> OpenAsync(IReadOnlyList<RecordedEvent> page, ParallelOptions spread)
    {
        var keys = new StreamKey?[page.Count];
        var missing = new HashSet<StreamName>();
        for (var i = 0; i < keys.Length; i++)
        {
            if (page[i].Tenant != page[0].Tenant)
                throw new ArgumentException("A page is of one tenant.", nameof(page));

            keys[i] = CachedKeyOf(page[i].Tenant, page[i].Stream.ToString());
            if (keys[i] is null)
                missing.Add(page[i].Stream);
        }

        if (missing.Count > 0)
        {
            var loaded = await LoadKeysAsync(page[0].Tenant, missing, spread.CancellationToken);
            for (var i = 0; i < keys.Length; i++)
                keys[i] ??= loaded[page[i].Stream];
        }

        var bodies = new ReadOnlyMemory<byte>?[page.Count];
        Parallel.For(0, keys.Length, spread, i =>
            // Typed, because a bare null would become an empty body: it converts as an array does.
            bodies[i] = keys[i] is { } key && !page[i].BodyRemoved ? Open(page[i], key) : default(ReadOnlyMemory<byte>?));
        return bodies;
    }

    /// <summary>
    /// Destroys a stream's key and forgets which patient it was: its bodies can never be opened again, here at once, on other
    /// nodes within <see cref="PrivacyLimits.KeyAgeMax"/>. Back-ups keep the wrapped key until they expire. The patient's
    /// next message begins a new stream.
    /// </summary>
    public async Task ShredAsync(int tenant, StreamName stream, CancellationToken ct)
    {
        await _tables.ShredAsync(tenant, stream, ct);
        _streams.Remove((tenant, stream.ToString()));
        // Rare, and which aliases led there is not known here.
        _aliases.Clear();
    }

    /// <summary>
    /// Gives the tenant a new wrapping key and wraps every stream key with it. Bodies stay as they are. May be run again after
    /// an interruption; runs beside a live hub. Returns how many stream keys were wrapped anew.
    /// </summary>
    public async Task<int> RotateAsync(int tenant, CancellationToken ct)
    {
        var before = await LoadTenantAsync(tenant, ct);
        await _tables.AddWrappingKeyAsync(tenant, before.Generation + 1, _master, ct);
        _tenants.Remove(tenant);
        var after = await LoadTenantAsync(tenant, ct);
        return await _tables.RewrapAsync(after, ct);
    }

    /// <summary>
    /// Wraps the tenant's keys with this process's master key, those that an earlier one wrapped. Bodies, stream keys and hashes stay as they are. May be run again
    /// after an interruption, beside hubs that know both keys. Returns how many keys were wrapped anew.
    /// </summary>
    /// <exception cref="VaultException">VKP-323 a key is wrapped by a master key this process was not given; nothing of the tenant is changed then.</exception>
    public Task<int> RewrapAsync(int tenant, CancellationToken ct) => _tables.RewrapTenantAsync(tenant, _master, ct);

    /// <summary>Where the tenant stands between two master keys and between two of its own.</summary>
    public async Task<KeyStanding> StandingAsync(int tenant, CancellationToken ct)
    {
        var counts = await _tables.CountAsync(tenant, ct);
        var own = Convert.ToHexStringLower(_master.Id);
        var newest = counts.StreamsByGeneration.Count == 0 ? 0 : (await LoadTenantAsync(tenant, ct)).Generation;
        return new KeyStanding(
            tenant.ToString("D9", System.Globalization.CultureInfo.InvariantCulture), own, counts.ByMaster.GetValueOrDefault(own), counts.ByMaster.Where(of => of.Key != own).Sum(of => of.Value),
            newest, counts.StreamsByGeneration.Where(of => of.Key == newest).Sum(of => of.Value), counts.StreamsByGeneration.Where(of => of.Key != newest).Sum(of => of.Value));
    }

    private static ReadOnlyMemory<byte> Open(RecordedEvent e, StreamKey key)
    {
        try
        {
            return SealedBody.Open(key, e.Tenant, e.Stream.ToString(), e.Id, e.Body.Span);
        }
        catch (CryptographicException fault)
        {
            throw VaultException.NotOpening(e, fault is AuthenticationTagMismatchException ? "the seal is broken" : fault.Message, fault);
        }
    }

    private StreamKey? CachedKeyOf(int tenant, string stream) =>
        _streams.TryGet((tenant, stream), out var cached) && IsFresh(cached.LoadedAt) ? cached : null;

    /// <summary>The stream all the aliases lead to, when all are cached and agree.</summary>
    private StreamName? CachedStreamOf(int tenant, byte[][] aliases)
    {
        StreamName? stream = null;
        foreach (var alias in aliases)
        {
            if (!_aliases.TryGet((tenant, Convert.ToHexString(alias)), out var cached) || !IsFresh(cached.LoadedAt))
                return null;

            if (stream is { } other && other != cached.Stream)
                return null;

            stream = cached.Stream;
        }

        return stream;
    }

    private bool IsFresh(long loadedAt) => _clock.GetElapsedTime(loadedAt) < PrivacyLimits.KeyAgeMax;

    private async Task<TenantKeys> LoadTenantAsync(int tenant, CancellationToken ct)
    {
        var keys = await _tables.TenantAsync(tenant, _master, ct);
        _tenants.Set(tenant, keys);
        return keys;
    }

    private async Task<StreamKey> LoadKeyAsync(int tenant, StreamName stream, bool create, CancellationToken ct)
    {
        var keys = await TenantAsync(tenant, ct);
        var loadedAt = _clock.GetTimestamp();
        var wrapped = create
            ? await _tables.StreamKeyForAsync(keys, stream, ct)
            : await _tables.StreamKeyAsync(tenant, stream, ct);
        return await UnwrapAsync(keys, wrapped, loadedAt, ct);
    }

    /// <summary>Every stream asked for; null where the key is shredded.</summary>
    private async Task<Dictionary<StreamName, StreamKey?>> LoadKeysAsync(int tenant, HashSet<StreamName> streams, CancellationToken ct)
    {
        var keys = await TenantAsync(tenant, ct);
        var loadedAt = _clock.GetTimestamp();
        var loaded = new Dictionary<StreamName, StreamKey?>(streams.Count);
        foreach (var wrapped in await _tables.StreamKeysAsync(tenant, streams, ct))
            loaded.Add(wrapped.Stream, wrapped.IsShredded ? null : await UnwrapAsync(keys, wrapped, loadedAt, ct));

        foreach (var stream in streams)
        {
            if (!loaded.ContainsKey(stream))
                throw VaultException.KeyMissing(tenant, stream);
        }

        return loaded;
    }

    private async ValueTask<StreamKey> UnwrapAsync(TenantKeys keys, WrappedStreamKey wrapped, long loadedAt, CancellationToken ct)
    {
        // Another node may have rotated since these tenant keys were read.
        var key = keys.UnwrapStreamKey(wrapped)
            ?? (await LoadTenantAsync(keys.Tenant, ct)).UnwrapStreamKey(wrapped)
            ?? throw VaultException.KeyMissing(keys.Tenant, wrapped.Stream);
        var ready = new StreamKey(key, loadedAt);
        _streams.Set((keys.Tenant, wrapped.Stream.ToString()), ready);
        return ready;
    }

    private sealed record CachedStream(StreamName Stream, long LoadedAt);
}

/// <summary>Which keys of a municipality are wrapped by the newest, and which still by an older one. Ids and counts only.</summary>
/// <param name="MasterKey">Id of the master key that wraps from now on.</param>
/// <param name="UnderMaster">Keys of the municipality it wraps.</param>
/// <param name="UnderOtherMasters">Keys another master key still wraps: that one is needed until this is 0.</param>
/// <param name="Generation">The newest of the municipality's own wrapping keys.</param>
public sealed record KeyStanding(string OrgNo, string MasterKey, long UnderMaster, long UnderOtherMasters, int Generation, long StreamKeys, long StreamKeysUnderOlder);
