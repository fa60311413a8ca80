using System.Text;
using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Privacy;

public sealed class VaultTests
{
    private const int Oslo = 958935420;
    private const int Bergen = 964338531;
    private static readonly Guid EventId = new("7d3f0c52-8f0e-4b53-9c3c-0f1f6a3f2b11");
    private static readonly byte[] Message = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Dosen ble ikke tatt. ", 50)));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sealed_body_is_smaller_shows_nothing_and_opens_to_what_it_was_also_for_another_process()
    {
        await using var keys = await KeysAsync();
        var stream = new StreamName("registry", "devices");

        var body = await keys.Vault.SealAsync(Oslo, stream, EventId, Message, Ct);

        Assert.InRange(body.Length, 1, Message.Length / 2);
        Assert.False(body.Span.IndexOf("Dosen"u8) >= 0);
        Assert.Equal(Message, (await keys.Vault.OpenAsync(Stored(Oslo, stream, EventId, body), Ct)).ToArray());
        Assert.Equal(Message, (await keys.OtherProcess().OpenAsync(Stored(Oslo, stream, EventId, body), Ct)).ToArray());
    }

    [Fact]
    public async Task What_does_not_compress_is_sealed_as_it_is()
    {
        await using var keys = await KeysAsync();
        var stream = new StreamName("patient", "1");
        foreach (var plain in (byte[][])[[], [7], [.. Enumerable.Range(0, 255).Select(i => (byte)(i * 37))]])
        {
            var body = await keys.Vault.SealAsync(Oslo, stream, EventId, plain, Ct);
            Assert.Equal(plain, (await keys.Vault.OpenAsync(Stored(Oslo, stream, EventId, body), Ct)).ToArray());
        }
    }

    [Fact]
    public async Task No_changed_byte_opens()
    {
        await using var keys = await KeysAsync();
        var stream = new StreamName("patient", "1");
        var body = await keys.Vault.SealAsync(Oslo, stream, EventId, Message, Ct);
        for (var i = 0; i < body.Length; i++)
        {
            var changed = body.ToArray();
            changed[i] ^= 1;
            var fault = await Assert.ThrowsAsync<VaultException>(async () => await keys.Vault.OpenAsync(Stored(Oslo, stream, EventId, changed), Ct));
            Assert.Equal("VKP-321", fault.Error.Code);
        }

        Assert.Equal("VKP-321", await CodeOfOpening(keys, Stored(Oslo, stream, EventId, body[..10])));
    }

    [Fact]
    public async Task A_body_moved_to_another_event_stream_or_tenant_does_not_open()
    {
        await using var keys = await KeysAsync();
        var (mine, other) = (new StreamName("patient", "1"), new StreamName("patient", "2"));
        var body = await keys.Vault.SealAsync(Oslo, mine, EventId, Message, Ct);
        await keys.Vault.SealAsync(Oslo, other, EventId, Message, Ct);
        await keys.Vault.SealAsync(Bergen, mine, EventId, Message, Ct);

        Assert.Equal("VKP-321", await CodeOfOpening(keys, Stored(Oslo, mine, Guid.NewGuid(), body)));
        Assert.Equal("VKP-321", await CodeOfOpening(keys, Stored(Oslo, other, EventId, body)));
        Assert.Equal("VKP-321", await CodeOfOpening(keys, Stored(Bergen, mine, EventId, body)));
        Assert.Equal("VKP-325", await CodeOfOpening(keys, Stored(Bergen, other, EventId, body)));
    }

    [Fact]
    public async Task A_shredded_stream_never_opens_again_and_the_patient_begins_a_new_one()
    {
        await using var keys = await KeysAsync();
        (string, string)[] patient = [("urn:oid:2.16.578.1.12.4.1.4.1", "patient-a")];
        var stream = await keys.Vault.PatientStreamAsync(Oslo, patient, Ct);
        var body = await keys.Vault.SealAsync(Oslo, stream, EventId, Message, Ct);

        await keys.Vault.ShredAsync(Oslo, stream, Ct);

        Assert.Equal("VKP-322", await CodeOfOpening(keys, Stored(Oslo, stream, EventId, body)));
        Assert.Equal("VKP-322", (await Assert.ThrowsAsync<VaultException>(async () => await keys.Vault.SealAsync(Oslo, stream, EventId, Message, Ct))).Error.Code);
        Assert.NotEqual(stream, await keys.Vault.PatientStreamAsync(Oslo, patient, Ct));
        Assert.Equal(0L, await keys.ScalarAsync("select count(*) from stream_key where wrapped is not null and tenant = 958935420"));
    }

    [Fact]
    public async Task A_key_shredded_by_another_process_is_dead_here_when_its_age_is_over()
    {
        await using var keys = await KeysAsync();
        var clock = new SettableClock();
        var vault = keys.OtherProcess(clock);
        var stream = new StreamName("patient", "1");
        var stored = Stored(Oslo, stream, EventId, await vault.SealAsync(Oslo, stream, EventId, Message, Ct));

        await keys.Vault.ShredAsync(Oslo, stream, Ct);
        clock.Advance(PrivacyLimits.KeyAgeMax);

        Assert.Equal("VKP-322", (await Assert.ThrowsAsync<VaultException>(async () => await vault.OpenAsync(stored, Ct))).Error.Code);
    }

    [Fact]
    public async Task A_d_number_and_a_later_fodselsnummer_become_one_patient()
    {
        await using var keys = await KeysAsync();
        var (dNumber, fnr) = (("d-number", "a"), ("fodselsnummer", "b"));

        var first = await keys.Vault.PatientStreamAsync(Oslo, [dNumber], Ct);
        var both = await keys.Vault.PatientStreamAsync(Oslo, [fnr, dNumber], Ct);
        var later = await keys.OtherProcess().PatientStreamAsync(Oslo, [fnr], Ct);

        Assert.Equal((first, first), (both, later));
        Assert.NotEqual(first, await keys.Vault.PatientStreamAsync(Bergen, [fnr], Ct));
        Assert.NotEqual(first, await keys.Vault.PatientStreamAsync(Oslo, [("fodselsnummer", "c")], Ct));
    }

    [Fact]
    public async Task Two_known_patients_are_not_joined_by_a_message_that_names_both()
    {
        await using var keys = await KeysAsync();
        var a = await keys.Vault.PatientStreamAsync(Oslo, [("x", "a")], Ct);
        var b = await keys.Vault.PatientStreamAsync(Oslo, [("x", "b")], Ct);

        Assert.Equal(a, await keys.OtherProcess().PatientStreamAsync(Oslo, [("x", "a"), ("x", "b")], Ct));
        Assert.Equal(b, await keys.OtherProcess().PatientStreamAsync(Oslo, [("x", "b"), ("x", "a")], Ct));
        Assert.Equal(b, await keys.OtherProcess().PatientStreamAsync(Oslo, [("x", "b")], Ct));
    }

    [Fact]
    public async Task First_messages_that_race_in_many_processes_end_in_one_stream_with_one_key()
    {
        await using var keys = await KeysAsync();
        var (a, b) = (("x", "a"), ("x", "b"));

        var streams = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            var vault = keys.OtherProcess();
            var stream = await vault.PatientStreamAsync(Oslo, i % 2 == 0 ? [a, b] : [b, a], Ct);
            return (stream, body: await vault.SealAsync(Oslo, stream, EventId, Message, Ct));
        }));

        Assert.Single(streams.Select(s => s.stream).Distinct());
        foreach (var (stream, body) in streams)
            Assert.Equal(Message, (await keys.Vault.OpenAsync(Stored(Oslo, stream, EventId, body), Ct)).ToArray());
    }

    [Fact]
    public async Task Rotation_wraps_every_key_anew_and_old_bodies_and_hashes_stay_good_also_for_a_process_that_missed_it()
    {
        await using var keys = await KeysAsync();
        var stale = keys.OtherProcess();
        var (one, two) = (new StreamName("patient", "1"), new StreamName("patient", "2"));
        var old = await keys.Vault.SealAsync(Oslo, one, EventId, Message, Ct);
        var hash = (await stale.TenantAsync(Oslo, Ct)).KeyedHash("purpose", "content");

        Assert.Equal(1, await keys.Vault.RotateAsync(Oslo, Ct));
        var fresh = await keys.Vault.SealAsync(Oslo, two, EventId, Message, Ct);

        Assert.Equal(Message, (await stale.OpenAsync(Stored(Oslo, one, EventId, old), Ct)).ToArray());
        Assert.Equal(Message, (await stale.OpenAsync(Stored(Oslo, two, EventId, fresh), Ct)).ToArray());
        Assert.Equal(hash, (await keys.Vault.TenantAsync(Oslo, Ct)).KeyedHash("purpose", "content"));
        Assert.Equal(2L, await keys.ScalarAsync("select count(*) from stream_key where generation = 2"));
    }

    [Fact]
    public async Task A_master_key_is_changed_beside_processes_that_work_and_the_old_one_opens_until_it_is_done()
    {
        await using var keys = await KeysAsync();
        var stream = new StreamName("patient", "1");
        var (old, fresh) = (MasterKey.Generate(), MasterKey.Generate());
        var before = new Vault(keys.App, old, TimeProvider.System);
        var body = await before.SealAsync(Oslo, stream, EventId, Message, Ct);
        await before.SealAsync(Bergen, stream, EventId, Message, Ct);

        // The order of a change without a pause: everybody opens with both, then everybody wraps with the new one, then what is old is wrapped anew.
        var both = new Vault(keys.App, old.Besides(fresh), TimeProvider.System);
        var after = new Vault(keys.App, fresh.Besides(old), TimeProvider.System);
        Assert.Equal((0L, 2L), Under(await after.StandingAsync(Oslo, Ct)));
        Assert.Equal(2, await after.RewrapAsync(Oslo, Ct));
        Assert.Equal(0, await after.RewrapAsync(Oslo, Ct));

        Assert.Equal((2L, 0L), Under(await after.StandingAsync(Oslo, Ct)));
        Assert.Equal((0L, 2L), Under(await after.StandingAsync(Bergen, Ct)));
        foreach (var process in new[] { both, after, new Vault(keys.App, fresh, TimeProvider.System) })
            Assert.Equal(Message, (await process.OpenAsync(Stored(Oslo, stream, EventId, body), Ct)).ToArray());

        // Who has only the old key still opens the other municipality, which nobody has wrapped anew yet, and no longer this one.
        var forgotten = new Vault(keys.App, old, TimeProvider.System);
        await forgotten.TenantAsync(Bergen, Ct);
        var fault = await Assert.ThrowsAsync<VaultException>(async () => await forgotten.TenantAsync(Oslo, Ct));
        Assert.Equal("VKP-323", fault.Error.Code);
    }

    [Fact]
    public async Task A_key_wrapped_by_a_master_key_nobody_gave_is_left_as_it_is()
    {
        await using var keys = await KeysAsync();
        await keys.Vault.TenantAsync(Oslo, Ct);
        var stranger = new Vault(keys.App, MasterKey.Generate(), TimeProvider.System);

        var fault = await Assert.ThrowsAsync<VaultException>(() => stranger.RewrapAsync(Oslo, Ct));

        Assert.Equal("VKP-323", fault.Error.Code);
        await keys.OtherProcess().TenantAsync(Oslo, Ct);
    }

    private static (long, long) Under(KeyStanding standing) => (standing.UnderMaster, standing.UnderOtherMasters);

    [Fact]
    public async Task Keyed_hashes_differ_by_tenant_and_purpose_and_repeat_for_the_same()
    {
        await using var keys = await KeysAsync();
        var (oslo, bergen) = (await keys.Vault.TenantAsync(Oslo, Ct), await keys.Vault.TenantAsync(Bergen, Ct));

        Assert.Equal(oslo.KeyedHash("p", "c"), (await keys.OtherProcess().TenantAsync(Oslo, Ct)).KeyedHash("p", "c"));
        Assert.NotEqual(oslo.KeyedHash("p", "c"), bergen.KeyedHash("p", "c"));
        Assert.NotEqual(oslo.KeyedHash("p", "c"), oslo.KeyedHash("pc", string.Empty));
        Assert.NotEqual(oslo.Dedup("a", "1", Message).KeyHash.ToArray(), oslo.Dedup("b", "1", Message).KeyHash.ToArray());
    }

    [Fact]
    public async Task A_keyed_hash_is_the_same_however_many_are_made_at_once()
    {
        await using var keys = await KeysAsync();
        var oslo = await keys.Vault.TenantAsync(Oslo, Ct);
        var contents = Enumerable.Range(0, 20_000).Select(i => new string('x', i % 200) + i).ToList();
        var alone = (await keys.OtherProcess().TenantAsync(Oslo, Ct));
        var expected = contents.Select(content => Convert.ToHexString(alone.KeyedHash("p", content))).ToList();

        var together = contents.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(content => Convert.ToHexString(oslo.KeyedHash("p", content))).ToList();

        Assert.Equal(expected, together);
        Assert.Equal(contents.Count, together.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Another_master_key_is_refused_by_name_of_the_fault()
    {
        await using var keys = await KeysAsync();
        await keys.Vault.TenantAsync(Oslo, Ct);

        var fault = await Assert.ThrowsAsync<VaultException>(async () => await new Vault(keys.App, MasterKey.Generate(), TimeProvider.System).TenantAsync(Oslo, Ct));

        Assert.Equal("VKP-323", fault.Error.Code);
    }

    [Fact]
    public void The_master_key_is_made_once_for_its_owner_only_and_a_broken_one_is_not_overwritten()
    {
        var folder = Directory.CreateTempSubdirectory("vkp-key");
        try
        {
            var file = Path.Combine(folder.FullName, "master.key");
            var made = MasterKey.Load(null, file);

            Assert.Equal(made.ToString(), MasterKey.Load(" ", file).ToString());
            Assert.Equal(made.ToString(), MasterKey.Load(File.ReadAllText(file), Path.Combine(folder.FullName, "other")).ToString());
            Assert.NotEqual(made.ToString(), MasterKey.Load(new string('a', 64), file).ToString());
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

            var old = File.ReadAllText(file).Trim();
            Assert.Equal(made.ToString(), MasterKey.Load($"{old}, {new string('b', 64)}", file).ToString());
            Assert.Equal("VKP-320", Assert.Throws<VaultException>(() => MasterKey.Load($"{old}\nmisspelt", file)).Error.Code);

            File.WriteAllText(file, "torn");
            Assert.Equal("VKP-320", Assert.Throws<VaultException>(() => MasterKey.Load(null, file)).Error.Code);
            Assert.Equal("torn", File.ReadAllText(file));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static RecordedEvent Stored(int tenant, StreamName stream, Guid id, ReadOnlyMemory<byte> body) =>
        new(tenant, 1, stream, 1, id, "MessageAccepted", DateTimeOffset.UnixEpoch, null, "{}", body);

    private static async Task<string> CodeOfOpening(Keys keys, RecordedEvent e) =>
        (await Assert.ThrowsAsync<VaultException>(async () => await keys.Vault.OpenAsync(e, Ct))).Error.Code;

    private static async Task<Keys> KeysAsync() => new(await HubDatabase.CreateAsync(Ct));

    private sealed class Keys(HubDatabase database) : IAsyncDisposable
    {
        private readonly MasterKey _master = MasterKey.Generate();
        private Vault? _vault;

        public NpgsqlDataSource App => database.App;

        public Vault Vault => _vault ??= OtherProcess();

        public Vault OtherProcess(TimeProvider? clock = null) => new(App, _master, clock ?? TimeProvider.System);

        public async Task<object?> ScalarAsync(string sql)
        {
            await using var connection = await database.Owner.OpenConnectionAsync();
            await using var transaction = await Database.BeginAsync(connection, [Oslo, Bergen], default);
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            return await command.ExecuteScalarAsync();
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }

    private sealed class SettableClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
