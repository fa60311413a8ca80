using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Intake;

namespace Vkp.Hub.Staff;

/// <summary>Opened access of one person in one municipality, for a reason and a time.</summary>
/// <param name="State">`open`, `over` or `reviewed`, by the database's clock.</param>
public sealed record OpenedAccess(
    Guid Id, string Issuer, string Subject, string Reason, DateTimeOffset OpenedAt, DateTimeOffset Until, DateTimeOffset? ClosedAt, DateTimeOffset? ReviewedAt, string? ReviewedBy, string? Review, string State)
{
    /// <summary>The messages whose content she was shown by it.</summary>
    public IReadOnlyList<Guid> Opened { get; init; } = [];
}

/// <summary>
/// Break-glass: who sees what happens but opens no content, opens some when it cannot wait. Nobody is asked first; everybody is told at once: a fact, a warning in
/// the log, an escalation that stands until another person has reviewed it.
/// </summary>
public sealed class BreakGlass(NpgsqlDataSource database, EventLog store, ILogger<BreakGlass> log)
{
    /// <summary>The permanent names.</summary>
    public const string OpenedEvent = "BreakGlassOpened";
    public const string ClosedEvent = "BreakGlassClosed";
    public const string ReviewedEvent = "BreakGlassReviewed";

    private const string Open = "open";

    private const int OpenedToldMax = 1000;

    /// <summary>Whether the person's access is open now: asked of the database, whose clock alone ends it, each time.</summary>
    public async Task<bool> IsOpenAsync(int tenant, StaffPerson person, CancellationToken ct) => (await Sql.ReadAsync(
        database, "Staff.find-open.sql", tenant,
        command =>
        {
            command.Parameters.Add(new() { Value = person.Issuer });
            command.Parameters.Add(new() { Value = person.Subject });
        },
        reader => reader.GetGuid(0), ct)).Count > 0;

    /// <param name="reason">Checked by <see cref="Purpose.IsUsable"/>.</param>
    /// <param name="minutes">At most <see cref="Limits.BreakGlassMinutesMax"/>.</param>
    public async Task<OpenedAccess> OpenAsync(int tenant, StaffPerson person, string reason, int minutes, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var opened = await WriteAsync("Staff.open-glass.sql", OpenedEvent, tenant, [id, person.Issuer, person.Subject, reason, minutes], person, ct)
            ?? throw new InvalidOperationException($"Break-glass access {id} was inserted and did not come back.");
        log.LogWarning("VKP-960 {Subject} has opened access in municipality {OrgNo} until {Until:O}: break-glass {Id}, to be reviewed by another.", person.Subject, tenant.ToString("D9"), opened.Until, id);
        return opened;
    }

    public async Task<(OpenedAccess? Closed, VkpError? Error)> CloseAsync(int tenant, Guid id, StaffPerson person, CancellationToken ct)
    {
        if (await FindAsync(tenant, id, ct) is not { } access) return (null, StaffErrors.UnknownOpening(id));
        if (!IsOf(access, person)) return (null, StaffErrors.OwnOpening(id));
        if (access.State != Open) return (null, StaffErrors.OpeningNotSo(id, access.State, "close"));
        return Done(await WriteAsync("Staff.close-glass.sql", ClosedEvent, tenant, [id], person, ct), id, "close");
    }

    /// <summary>By another person, when it is over; then it is settled, and the escalation ends.</summary>
    /// <param name="review">What she found, checked by <see cref="Purpose.IsUsable"/>.</param>
    public async Task<(OpenedAccess? Reviewed, VkpError? Error)> ReviewAsync(int tenant, Guid id, StaffPerson person, string review, CancellationToken ct)
    {
        if (await FindAsync(tenant, id, ct) is not { } access) return (null, StaffErrors.UnknownOpening(id));
        if (IsOf(access, person)) return (null, StaffErrors.OwnOpening(id));
        if (access.State != "over") return (null, StaffErrors.OpeningNotSo(id, access.State, "review"));
        return Done(await WriteAsync("Staff.review-glass.sql", ReviewedEvent, tenant, [id, person.Subject, review], person, ct), id, "review");
    }

    /// <summary>What waits for a review first, then newest first; each with what was opened by it.</summary>
    public async Task<IReadOnlyList<OpenedAccess>> ListAsync(int tenant, CancellationToken ct)
    {
        var told = new List<OpenedAccess>();
        foreach (var access in await Sql.ReadAsync(database, "Staff.read-openings.sql", tenant, _ => { }, Row, ct))
        {
            var filter = new LogFilter(Types: [MessageEvents.BodyOpened], From: access.OpenedAt, Before: access.ClosedAt ?? access.Until);
            var openings = (await store.ReadLogAsync(tenant, 0, OpenedToldMax, filter, ct)).Select(recorded => EventMetadata.Parse(recorded.Metadata));
            told.Add(access with
            {
                Opened = [.. openings.Where(o => o.Author == access.Subject && Purpose.IsByBrokenGlass(o.Purpose)).Select(o => o.MessageId).OfType<Guid>().Distinct()],
            });
        }

        return told;
    }

    private static bool IsOf(OpenedAccess access, StaffPerson person) => access.Issuer == person.Issuer && access.Subject == person.Subject;

    private async Task<OpenedAccess?> FindAsync(int tenant, Guid id, CancellationToken ct) =>
        (await Sql.ReadAsync(database, "Staff.read-openings.sql", tenant, _ => { }, Row, ct)).FirstOrDefault(access => access.Id == id);

    /// <summary>Between the look and the act the clock may have ended it, or somebody else acted.</summary>
    private static (OpenedAccess? Access, VkpError? Error) Done(OpenedAccess? access, Guid id, string act) =>
        access is null ? (null, StaffErrors.OpeningNotSo(id, "changed by now", act)) : (access, null);

    /// <summary>The row and its fact, both or none; null and neither when the row is not as the statement wants it.</summary>
    private async Task<OpenedAccess?> WriteAsync(string statement, string type, int tenant, object[] values, StaffPerson by, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        OpenedAccess access;
        await using (var command = Sql.Command(transaction, statement))
        {
            command.Parameters.Add(new() { Value = tenant });
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            await using var reader = await command.ExecuteReaderAsync(ct);
            if (!await reader.ReadAsync(ct)) return null;
            access = Row(reader);
        }

        var metadata = new EventMetadata { Author = by.Subject, Purpose = type == ReviewedEvent ? access.Review : access.Reason, OccurredAt = access.OpenedAt, Until = access.ClosedAt ?? access.Until };
        var fact = new NewEvent(Guid.CreateVersion7(), type, metadata.ToJson(), ReadOnlyMemory<byte>.Empty);
        await store.AppendAsync(transaction, [new AppendRequest(tenant, new StreamName("breakglass", access.Id.ToString("N")), [fact])], ct);
        await transaction.CommitAsync(ct);
        store.Signal(tenant);
        return access;
    }

    private static OpenedAccess Row(NpgsqlDataReader reader)
    {
        DateTimeOffset? TimeOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
        string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        return new OpenedAccess(
            reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset>(5),
            TimeOrNull(6), TimeOrNull(7), TextOrNull(8), TextOrNull(9), reader.GetString(10));
    }
}
