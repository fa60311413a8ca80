using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Vkp.EventStore.Subscriptions;

namespace Vkp.Hub.Operations;

/// <summary>`/livez`: the process answers. `/readyz`: it can take messages, because the database answers and no room has stopped. Neither ever depends on a journal system.</summary>
public sealed class Health(NpgsqlDataSource database, IReadOnlyList<Subscription> subscriptions, Task<Exception> fault)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", () => Results.Text("alive\n"));
        routes.MapGet("/readyz", ReadyAsync);
    }

    private async Task<IResult> ReadyAsync(CancellationToken ct)
    {
        if (fault.IsCompleted) return NotReady("a room has stopped on a fault of the hub; its log names it");

        try
        {
            await using var command = database.CreateCommand("select not pg_is_in_recovery()");
            if (await command.ExecuteScalarAsync(ct) is not true) return NotReady("the database is read-only");

            foreach (var subscription in subscriptions)
            {
                foreach (var line in await subscription.StatusAsync(ct))
                {
                    if (line.StoppedReason is not null) return NotReady($"{line.Name} has stopped for municipality {line.Tenant:D9} at position {line.Position}; see 'vkp status'");
                }
            }

            return Results.Text("ready\n");
        }
        catch (NpgsqlException)
        {
            return NotReady("the database does not answer");
        }
    }

    private static IResult NotReady(string reason) => Results.Text($"not ready: {reason}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
