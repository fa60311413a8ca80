using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Vkp.EventStore;

/// <summary>How the hub meets its database: as the role that owns nothing, with the tenants of each transaction declared.</summary>
public static class Database
{
    public const string AppRole = "vkp_app";

    /// <summary>
    /// Derives the hub's own connection string from the owner's: every session runs as <see cref="AppRole"/>, finds the
    /// schema on its search path, and prepares what it repeats.
    /// </summary>
    public static string AppConnectionString(string owner, string schema)
    {
        MigrationSchema.Check(schema);
        return new NpgsqlConnectionStringBuilder(owner)
        {
            // Planning each statement anew was a quarter of the database's time. Plans made for small tables are thrown away as these grow (TableStatistics).
            // Compiling (jit) pays for reports over many rows, which the hub does not make.
            // A role given at connection start cannot leak away with RESET ROLE.
            Options = $"-c role={AppRole} -c idle_in_transaction_session_timeout=60s -c plan_cache_mode=force_generic_plan -c jit=off",
            SearchPath = schema,
            // The reset between uses would drop the role (SET SESSION AUTHORIZATION DEFAULT) and costs a statement each time.
            // It is safe to leave out because the hub sets nothing for a session, only for a transaction.
            NoResetOnClose = true,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            Timeout = 5,
            CommandTimeout = 30,
            KeepAlive = 15,
            IncludeErrorDetail = false,
            ApplicationName = "vkp-hub",
        }.ConnectionString;
    }

    /// <summary>
    /// Begins a transaction that works for these tenants and sees no other: row level security hides the rest.
    /// Read committed, as the append function demands.
    /// </summary>
    public static async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection, IReadOnlyList<int> tenants, CancellationToken ct)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct);
        try
        {
            await using var declare = new NpgsqlCommand(DeclareSql, connection, transaction) { Parameters = { DeclareParameter(tenants) } };
            await declare.ExecuteNonQueryAsync(ct);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The same as a command to put first in a batch outside a transaction: a batch is one implicit transaction, so the
    /// declaration holds for its other commands and costs no round trip.
    /// </summary>
    public static NpgsqlBatchCommand Declare(params ReadOnlySpan<int> tenants) => new(DeclareSql) { Parameters = { DeclareParameter(tenants.ToArray()) } };

    internal const string DeclareSql = "select set_config('vkp.tenants', $1, true)";

    internal static NpgsqlParameter DeclareParameter(IEnumerable<int> tenants) => new()
    {
        NpgsqlDbType = NpgsqlDbType.Text,
        Value = "{" + string.Join(',', tenants.Select(tenant => tenant.ToString(CultureInfo.InvariantCulture))) + "}",
    };
}
