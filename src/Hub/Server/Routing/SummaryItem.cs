using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters.Notes;

namespace Vkp.Hub.Routing;

/// <summary>A message that goes into its patient's note of the day.</summary>
/// <param name="DueAt">When the note it goes into is written.</param>
/// <param name="Content">Log positions of what it tells, its own first.</param>
/// <param name="Settles">What is settled with the note, itself included.</param>
public sealed record SummaryItem(DateTimeOffset DueAt, string Stream, long Position, IReadOnlyList<long> Content, IReadOnlyList<SettledPart> Settles)
{
    public static SummaryItem Of(RoutedMessage message, string stream, DocumentPlan part, DateTimeOffset now) => new(
        Due(message.OccurredAt, now), stream, message.Position, part.Content, [new(message.Position, SettleReasons.InDailySummary), .. part.Settles]);

    /// <summary>
    /// A while after the Norwegian day it happened on has ended, whether that day had 23, 24 or 25 hours; what comes later than that goes into the next note.
    /// </summary>
    public static DateTimeOffset Due(DateTimeOffset occurredAt, DateTimeOffset now)
    {
        var due = EndOfDay(occurredAt) + Limits.SummaryGrace;
        if (due > now) return due;

        // The note of that day is written: the first one still to come.
        var today = NorwegianTime.StartOfDay(NorwegianTime.Day(now)) + Limits.SummaryGrace;
        return today > now ? today : EndOfDay(now) + Limits.SummaryGrace;
    }

    internal static async Task WriteAsync(NpgsqlTransaction transaction, int tenant, IReadOnlyList<SummaryItem> items, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Routing.write-summary-items.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.AddColumn(NpgsqlDbType.TimestampTz, items, i => i.DueAt.ToUniversalTime());
        command.AddTexts(items, i => i.Stream);
        command.AddColumn(NpgsqlDbType.Bigint, items, i => i.Position);
        command.AddLists(items, i => i.Content);
        command.AddLists(items, i => i.Settles.Select(s => s.Position));
        command.AddLists(items, i => i.Settles.Select(s => s.Reason));
        await command.ExecuteNonQueryAsync(ct);
    }

    private static DateTimeOffset EndOfDay(DateTimeOffset instant) => NorwegianTime.StartOfDay(NorwegianTime.Day(instant).AddDays(1));
}
