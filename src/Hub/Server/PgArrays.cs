using Npgsql;
using NpgsqlTypes;

namespace Vkp.Hub;

/// <summary>Columns of many rows as array parameters, for statements that write a page with one round trip.</summary>
internal static class PgArrays
{
    public static void AddColumn<TRow, TValue>(this NpgsqlCommand command, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> column) =>
        command.Parameters.AddColumn(type, rows, column);

    public static void AddColumn<TRow, TValue>(this NpgsqlParameterCollection parameters, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> column) =>
        parameters.Add(new() { Value = rows.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });

    public static void AddTexts<TRow>(this NpgsqlCommand command, IReadOnlyList<TRow> rows, Func<TRow, string?> column) => command.Parameters.AddTexts(rows, column);

    public static void AddTexts<TRow>(this NpgsqlParameterCollection parameters, IReadOnlyList<TRow> rows, Func<TRow, string?> column) => parameters.AddColumn(NpgsqlDbType.Text, rows, column);

    public static void AddLists<TRow, TValue>(this NpgsqlCommand command, IReadOnlyList<TRow> rows, Func<TRow, IEnumerable<TValue>> column) => command.Parameters.AddLists(rows, column);

    /// <summary>PostgreSQL has no arrays of arrays of differing length: each row's list travels as text, and the statement casts it. For numbers, hashes and codes only: nothing is escaped.</summary>
    public static void AddLists<TRow, TValue>(this NpgsqlParameterCollection parameters, IReadOnlyList<TRow> rows, Func<TRow, IEnumerable<TValue>> column) =>
        parameters.AddTexts(rows, row => $"{{{string.Join(',', column(row))}}}");
}
