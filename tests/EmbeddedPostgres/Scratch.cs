using Npgsql;

namespace Vkp.EmbeddedPostgres.Tests;

/// <summary>A data directory for one test, removed afterwards with its server, wherever its files lie.</summary>
public sealed class Scratch : IAsyncDisposable
{
    public Scratch(string? parent = null)
    {
        Path = System.IO.Path.Combine(parent ?? System.IO.Path.GetTempPath(), $"vkp-test-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string Data => System.IO.Path.Combine(Path, "postgres", "data");

    public string PidFile => System.IO.Path.Combine(Data, "postmaster.pid");

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Adopts whatever a killed holder left running.
            if (File.Exists(PidFile))
            {
                var cluster = await Cluster.StartAsync(Path, null, CancellationToken.None);
                await cluster.DestroyAsync();
            }
        }
        finally
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    public static async Task<object?> ScalarAsync(string connectionString, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }
}
