using Npgsql;

namespace Vkp.EventStore.Append;

/// <summary>
/// A connection that a lane keeps. Taken from the pool each time it would be another one each time, and each would compile
/// the append function anew (some 20 ms). After a fault it is given up, and the next append opens another.
/// </summary>
internal sealed class LaneConnection(NpgsqlDataSource app) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    public KnownVersions Known { get; } = new();

    /// <exception cref="StoreException">What the fault means for the requests.</exception>
    public async Task<Verdict[]> AppendAsync(IReadOnlyList<PreparedRequest> requests, bool wait)
    {
        var connection = await OpenAsync();
        try
        {
            return await AppendCommand.ExecuteAsync(connection, requests, wait, Known);
        }
        catch (Exception e)
        {
            // Not back into the pool: when a batch fails while its statements are being prepared on their own, the driver's idea of
            // what is prepared can differ from the server's, and the next user of the connection would read somebody else's rows.
            app.Clear();
            await DisposeAsync();
            if (AppendFault.Of(e) is { } fault)
                throw fault;

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        if (_connection is { FullState: System.Data.ConnectionState.Open })
            return _connection;

        await DisposeAsync();
        Known.Clear();
        try
        {
            return _connection = await app.OpenConnectionAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw StoreException.Unavailable(e);
        }
    }
}
