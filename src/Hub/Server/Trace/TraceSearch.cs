using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Fhir;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Trace;

/// <summary>
/// Finds the messages that a question is about. What vendors wrote is stored as keyed hashes or sealed, so it is hashed again or opened to be compared;
/// an opening that finds nothing shows nothing and leaves no fact.
/// </summary>
public sealed class TraceSearch(
    NpgsqlDataSource database, EventLog store, Vault vault, MunicipalityRegistry registry, MessageReader messages, MessageHistory history,
    IReadOnlyDictionary<string, IVendorAdapter> vendors)
{
    /// <summary>Keys asked for in one statement.</summary>
    private const int KeysMax = 10_000;

    /// <summary>Why the question cannot be answered as it stands; null = it can.</summary>
    public static VkpError? Check(TraceQuestion question)
    {
        if (question.OrgNo is { } orgNo && !RegistryFileReader.TryTenant(orgNo, out _)) return Errors.UnknownMunicipality(orgNo);
        if (question.Patient is { System: null or "" } patient && !NationalIdentityNumber.TryParse(patient.Value, out _)) return Errors.NoIdentityNumber();
        if (question is { Device: not null, Id: null, Case: null, Patient: null } && string.IsNullOrWhiteSpace(question.Purpose)) return Errors.PurposeMissing();
        return question is { Id: null, Case: null, Patient: null, Device: null } and ({ From: null } or { To: null }) ? Errors.NothingAsked() : null;
    }

    /// <param name="tenants">The municipalities to look in; one that has no log is not looked in.</param>
    /// <param name="max">The latest so many are enough; more may come.</param>
    public async Task<IReadOnlyList<MessageRow>> FindAsync(TraceQuestion question, IReadOnlyList<int> tenants, int max, CancellationToken ct)
    {
        var found = new List<MessageRow>();
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            if (tenants.Contains(tenant)) found.AddRange(await FindAsync(tenant, question, max, ct));
        }

        return found;
    }

    private async Task<IReadOnlyList<MessageRow>> FindAsync(int tenant, TraceQuestion question, int max, CancellationToken ct)
    {
        var isOpening = !string.IsNullOrWhiteSpace(question.Purpose);
        switch (question)
        {
            case { Id: { } id }:
                return await messages.FindAsync(tenant, await IdsOfAsync(tenant, id, ct), ct);
            case { Case: { } caseId }:
                return await CaseAsync(tenant, caseId, ct);
            case { Patient: { } patient }:
                var (system, value) = Identifier(patient);
                IReadOnlyList<MessageRow> held = isOpening ? await HeldAsync(tenant, body => body.Patient is { } named && named.System == system && named.Value == value, ct) : [];
                var stream = await vault.FindPatientStreamAsync(tenant, system, value, ct);
                return stream is null ? held : [.. held, .. await PatientAsync(tenant, stream.Value, question, max, ct)];
            case { Device: { } device }:
                return await DeviceAsync(tenant, device, question, ct);
            default:
                return await messages.OccurredAsync(tenant, question.From!.Value, question.To!.Value, max, ct);
        }
    }

    /// <summary>The identifier as the hub knows it; of a patient that was checked.</summary>
    public static (string System, string Value) Identifier(TracePatient patient) =>
        patient.System is { Length: > 0 } system ? (system, patient.Value)
        : NationalIdentityNumber.TryParse(patient.Value, out var number) ? (number.System, number.Reveal())
        : throw new InvalidOperationException("A question was not checked before it was asked.");

    /// <summary>The vendor's id is stored as a keyed hash only; the message's id is derived from it for each system it can have come from.</summary>
    private async Task<Guid[]> IdsOfAsync(int tenant, string id, CancellationToken ct)
    {
        var municipality = await registry.CurrentAsync(tenant, ct);
        var keys = await vault.TenantAsync(tenant, ct);
        var derived = municipality.Clients.Values
            .Where(client => vendors.ContainsKey(client.Vendor))
            .Select(client => MessageIds.Of(municipality.OrgNo, keys.Dedup(client.VkpId, id, []), vendors[client.Vendor].Info));
        return Guid.TryParse(id, out var messageId) ? [messageId, .. derived] : [.. derived];
    }

    /// <summary>By the id of one of its messages, else by the vendor's own id of the case.</summary>
    private async Task<IReadOnlyList<MessageRow>> CaseAsync(int tenant, string caseId, CancellationToken ct)
    {
        if (await messages.FindAsync(tenant, await IdsOfAsync(tenant, caseId, ct), ct) is [var one, ..])
        {
            var begins = (await history.ReadAsync(one, ct)).Select(e => EventMetadata.Parse(e.Metadata)).LastOrDefault(m => m.CaseKeys is { Count: > 0 });
            var together = begins is null ? [] : await OfCasesAsync(tenant, [.. begins.CaseKeys!], ct);
            return await messages.FindAsync(tenant, [.. together.Append(one.MessageId).Distinct()], ct);
        }

        // A case's key is bound to patient and sender, so that none leads astray: all of them are tried.
        var keys = await vault.TenantAsync(tenant, ct);
        string[] sources = [.. (await registry.CurrentAsync(tenant, ct)).Clients.Values.Select(client => client.VkpId).Distinct(StringComparer.Ordinal)];
        var streams = await Sql.ReadAsync(database, "Trace.read-patient-streams.sql", tenant, _ => { }, reader => reader.GetString(0), ct);
        var found = new List<Guid>();
        foreach (var some in streams.SelectMany(stream => sources.Select(source => MessageDescription.CaseKey(keys, stream, source, caseId))).Chunk(KeysMax))
            found.AddRange(await OfCasesAsync(tenant, some, ct));
        return await messages.FindAsync(tenant, [.. found], ct);
    }

    private Task<IReadOnlyList<Guid>> OfCasesAsync(int tenant, string[] caseKeys, CancellationToken ct) =>
        Sql.ReadAsync(
            database, "Trace.read-case-messages.sql", tenant, command => command.Parameters.Add(new() { Value = caseKeys, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }),
            reader => reader.GetGuid(0), ct);

    private async Task<IReadOnlyList<MessageRow>> PatientAsync(int tenant, StreamName stream, TraceQuestion question, int max, CancellationToken ct)
    {
        var latest = await Sql.ReadAsync(
            database, "Trace.read-patient-messages.sql", tenant,
            command =>
            {
                command.Parameters.Add(new() { Value = stream.ToString() });
                foreach (var bound in (DateTimeOffset[])[question.From ?? DateTimeOffset.MinValue, question.To ?? DateTimeOffset.MaxValue])
                    command.Parameters.Add(new() { Value = bound.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
                command.Parameters.Add(new() { Value = max });
            },
            reader => reader.GetGuid(0), ct);
        return await messages.FindAsync(tenant, [.. latest], ct);
    }

    private async Task<IReadOnlyList<MessageRow>> DeviceAsync(int tenant, string device, TraceQuestion question, CancellationToken ct)
    {
        var found = new List<MessageRow>(await HeldAsync(tenant, body => body.Device?.Value == device, ct));
        var holders = (await registry.CurrentAsync(tenant, ct)).Devices
            .Where(known => known.Key.EndsWith("|" + device, StringComparison.Ordinal))
            .SelectMany(known => known.Value.Select(period => StreamName.Parse(period.PatientStream))).Distinct();
        foreach (var stream in holders)
        {
            var ids = new List<Guid>();
            await foreach (var recorded in store.ReadWholeStreamAsync(tenant, stream, 1, ct))
            {
                if (recorded.Type is not (MessageEvents.Accepted or MessageEvents.Released)) continue;
                var metadata = EventMetadata.Parse(recorded.Metadata);
                if (metadata.OccurredAt < question.From || metadata.OccurredAt >= question.To) continue;
                if (await OpenAsync(recorded, ct) is { } body && body.Device?.Value == device) ids.Add(metadata.MessageId!.Value);
            }

            found.AddRange(await messages.FindAsync(tenant, [.. ids], ct));
        }

        return found;
    }

    /// <summary>What is held stands on no patient's stream, and whose it is may be the very thing that is wrong: each is opened and looked at.</summary>
    private async Task<IReadOnlyList<MessageRow>> HeldAsync(int tenant, Func<MessageBody, bool> isWanted, CancellationToken ct)
    {
        var wanted = new List<MessageRow>();
        foreach (var row in await messages.HeldAsync(tenant, Limits.HeldPageMax, ct))
        {
            var recorded = await store.ReadPositionAsync(tenant, row.Position, ct);
            if (await OpenAsync(recorded, ct) is { } body && isWanted(body)) wanted.Add(row);
        }

        return wanted;
    }

    /// <summary>Null when its key is shredded or retention has removed it.</summary>
    private async Task<MessageBody?> OpenAsync(RecordedEvent recorded, CancellationToken ct) =>
        (await vault.OpenAsync([recorded], ct))[0] is { } body ? MessageBody.FromBytes(body) : null;
}
