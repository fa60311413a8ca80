using System.Globalization;
using Npgsql;
using Vkp.EventStore.Audit;

namespace Vkp.EventStore.Tests;

/// <summary>One way to falsify a log, as SQL. `@p` is a random position before the head, `@h` the head, `@t` the tenant.</summary>
internal sealed record Tampering(string Name, BreakKind[] Expected, string Sql)
{
    private static readonly BreakKind[] Change = [BreakKind.Changed];

    public static readonly IReadOnlyList<Tampering> All =
    [
        new("bit of a body", Change, "update event set body = set_byte(body, 3, get_byte(body, 3) # 4) where tenant = @t and position = @p"),
        new("metadata", Change, """update event set metadata = '{"lane": "routine"}' where tenant = @t and position = @p"""),
        new("blank in the metadata", Change, "update event set metadata = (metadata::text || ' ')::json where tenant = @t and position = @p"),
        new("bit of the content hash", Change, "update event set content_hash = set_byte(content_hash, 9, get_byte(content_hash, 9) # 1) where tenant = @t and position = @p"),
        new("event id", Change, "update event set id = gen_random_uuid() where tenant = @t and position = @p"),
        new("event type", Change, "update event set type = 'MessageRejected' where tenant = @t and position = @p"),
        new("stream", Change, "update event set stream = 'patient-other' where tenant = @t and position = @p"),
        new("version", Change, "update event set version = version + 1000 where tenant = @t and position = @p"),
        new("source", Change, "update event set source = coalesce(source, '') || 'x' where tenant = @t and position = @p"),
        new("dedup key", Change, "update event set source = 'x', key_hash = sha256('x'), body_hash = sha256('x') where tenant = @t and position = @p"),
        new("time of an event", Change, "update event set recorded_at = recorded_at + interval '1 microsecond' where tenant = @t and position = @p"),
        new("time of a commit and its events", Change, """
            with c as (update log_commit set recorded_at = recorded_at - interval '1 day' where tenant = @t and @p between first_position and last_position returning *)
            update event e set recorded_at = c.recorded_at from c where e.tenant = @t and e.position between c.first_position and c.last_position
            """),
        new("hash of a commit", Change, "update log_commit set hash = sha256(hash) where tenant = @t and @p between first_position and last_position"),
        new("hash of the head", Change, "update log_head set hash = sha256(hash) where tenant = @t"),
        new("content with its hash", Change, "update event set body = 'forged', content_hash = sha256('forged') where tenant = @t and position = @p"),
        new("body marked as removed", Change, "update event set body = sha256('other'), body_removed = true where tenant = @t and position = @p"),
        new("body removed as retention does", [BreakKind.Erased], "update event set body = sha256(body), body_removed = true, receipt = gen_random_uuid() where tenant = @t and position = @p"),
        new("drop an event", [BreakKind.Removed], "delete from event where tenant = @t and position = @p"),
        new("drop the last event", [BreakKind.Removed], "delete from event where tenant = @t and position = @h"),
        new("drop a commit", [BreakKind.Removed, BreakKind.Truncated, BreakKind.Inserted], "delete from log_commit where tenant = @t and @p between first_position and last_position"),
        new("drop and close the gap", [BreakKind.Removed, BreakKind.Changed, BreakKind.Reordered], """
            delete from event where tenant = @t and position = @p;
            update event set position = position + 100000 where tenant = @t and position > @p;
            update event set position = position - 100001 where tenant = @t and position > 100000
            """),
        new("swap two events", [BreakKind.Reordered, BreakKind.Changed], """
            update event set position = 100000 where tenant = @t and position = @p;
            update event set position = @p where tenant = @t and position = @p + 1;
            update event set position = @p + 1 where tenant = @t and position = 100000
            """),
        new("insert behind the head", [BreakKind.Inserted], $"insert into event ({Columns}) select {Row("@h + 1")} from event where tenant = @t and position = 1"),
        new("insert between", [BreakKind.Inserted, BreakKind.Changed, BreakKind.Reordered], $"""
            update event set position = position + 100000 where tenant = @t and position >= @p;
            update event set position = position - 99999 where tenant = @t and position > 100000;
            insert into event ({Columns}) select {Row("@p")} from event where tenant = @t and position = @p + 1
            """),
        new("cut off the end and set the head back", [BreakKind.Truncated], """
            delete from event where tenant = @t and position > (select min(last_position) from log_commit where tenant = @t);
            delete from log_commit where tenant = @t and last_position > (select min(last_position) from log_commit where tenant = @t);
            update log_head h set position = c.last_position, hash = c.hash from log_commit c where h.tenant = @t and c.tenant = @t
            """),
        new("compute everything anew", [BreakKind.Changed], """
            update event set id = gen_random_uuid() where tenant = @t and position = @p;
            update event set content_hash = sha256(int4send(tenant) || uuid_send(id)
                || int4send(octet_length(stream)) || convert_to(stream, 'UTF8') || int4send(octet_length(type)) || convert_to(type, 'UTF8')
                || int4send(octet_length(coalesce(source, ''))) || convert_to(coalesce(source, ''), 'UTF8')
                || int4send(coalesce(octet_length(key_hash), 0)) || coalesce(key_hash, '') || int4send(coalesce(octet_length(body_hash), 0)) || coalesce(body_hash, '')
                || int4send(octet_length(metadata::text)) || convert_to(metadata::text, 'UTF8') || int4send(32) || sha256(body))
              where tenant = @t and position = @p;
            do $$ declare c record; prev bytea := decode(repeat('00', 32), 'hex');
            begin
              for c in select * from log_commit where tenant = @t order by last_position loop
                select sha256(prev || int4send(@t) || int8send(c.first_position) || int8send(c.last_position) || timestamptz_send(c.recorded_at)
                              || string_agg(int8send(e.version) || e.content_hash, ''::bytea order by e.position)) into prev
                from event e where e.tenant = @t and e.position between c.first_position and c.last_position;
                update log_commit set hash = prev where tenant = @t and last_position = c.last_position;
              end loop;
              update log_head set hash = prev where tenant = @t;
            end $$
            """),
    ];

    private const string Columns = "tenant, position, version, recorded_at, id, stream, type, source, content_hash, metadata, body";

    public async Task DoAsync(NpgsqlConnection connection, int tenant, long head, int position, CancellationToken ct)
    {
        await using var transaction = await Vkp.EventStore.Database.BeginAsync(connection, [tenant], ct);
        var sql = Sql
            .Replace("@t", tenant.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@p", position.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@h", head.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>A forged event: a copy of another, with an id and a stream of its own and a content hash that fits nothing.</summary>
    private static string Row(string position) => $"tenant, {position}, 1, recorded_at, gen_random_uuid(), 'patient-forged', type, null, sha256('forged'), metadata, body";
}
