using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;

namespace Vkp.EventStore.Audit;

/// <summary>
/// A tenant's whole log as lines of JSON, with everything the chain binds, for somebody who is to verify it without this program: each commit, then
/// its events. Bodies stay sealed. One snapshot, page by page, beside live appends.
/// </summary>
/// <param name="app">Connects with <see cref="Database.AppConnectionString"/>.</param>
public sealed class LogExport(NpgsqlDataSource app)
{
    private const int PageEvents = 1000;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first line says how far the log reached; none has a line end.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(int tenant, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var rows = await AuditRows.BeginAsync(connection, tenant, ct);
        yield return Line(json =>
        {
            json.WriteString("line"u8, "log"u8);
            json.WriteNumber("tenant"u8, tenant);
            json.WriteNumber("head"u8, rows.Head);
            json.WriteString("headHash"u8, Convert.ToHexStringLower(rows.HeadHash));
        });

        var page = await rows.ReadAsync(0, PageEvents, ct);
        while (!page.IsEmpty)
        {
            var next = 0;
            foreach (var commit in page.Commits)
            {
                yield return Line(json => Write(json, commit));
                while (next < page.Events.Count && page.Events[next].Position <= commit.LastPosition)
                {
                    var recorded = page.Events[next++];
                    yield return Line(json => Write(json, recorded));
                }
            }

            // Behind the last commit there should be none; what is there is for the verifier to find.
            while (next < page.Events.Count)
            {
                var recorded = page.Events[next++];
                yield return Line(json => Write(json, recorded));
            }

            page = page.IsLast ? AuditPage.Empty : await rows.ReadAsync(page.LastPosition, PageEvents, ct);
        }
    }

    private static void Write(Utf8JsonWriter json, AuditCommit commit)
    {
        json.WriteString("line"u8, "commit"u8);
        json.WriteNumber("first"u8, commit.FirstPosition);
        json.WriteNumber("last"u8, commit.LastPosition);
        json.WriteNumber("recordedAt"u8, ChainTime.Microseconds(commit.RecordedAt));
        json.WriteString("hash"u8, Convert.ToHexStringLower(commit.Hash));
    }

    private static void Write(Utf8JsonWriter json, AuditEvent e)
    {
        json.WriteString("line"u8, "event"u8);
        json.WriteNumber("position"u8, e.Position);
        json.WriteNumber("version"u8, e.Version);
        json.WriteNumber("recordedAt"u8, ChainTime.Microseconds(e.RecordedAt));
        json.WriteString("id"u8, e.Id);
        json.WriteString("stream"u8, e.Stream);
        json.WriteString("type"u8, e.Type);
        json.WriteString("source"u8, e.Source);
        json.WriteString("keyHash"u8, e.KeyHash is null ? null : Convert.ToHexStringLower(e.KeyHash));
        json.WriteString("bodyHash"u8, e.BodyHash is null ? null : Convert.ToHexStringLower(e.BodyHash));
        // As text, because its exact characters are bound.
        json.WriteString("metadata"u8, e.Metadata);
        if (e.BodyRemoved)
        {
            json.WriteString("removedBodySha256"u8, Convert.ToHexStringLower(e.Body));
            if (e.Receipt is { } receipt) json.WriteString("receipt"u8, receipt);
        }
        else json.WriteBase64String("body"u8, e.Body);
    }

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}

/// <summary>The form of time that the chain binds.</summary>
internal static class ChainTime
{
    /// <summary>As PostgreSQL sends a timestamptz: microseconds since 2000.</summary>
    public static long Microseconds(DateTimeOffset time) =>
        (time.UtcTicks - new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
