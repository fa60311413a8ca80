using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>What every simulated EPJ shows of itself and is told, whatever it speaks: its journal, its counters and the faults in force.</summary>
internal sealed class ControlRoutes(Receiver receiver, Faults faults)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/journal", (RequestDelegate)(context =>
        {
            var entries = context.Request.Query["identifiers"] == "shown" ? receiver.Entries : receiver.Entries.Select(entry => entry.Masked());
            return WriteJsonAsync(context, JsonSerializer.Serialize([.. entries], JournalJson.Default.JournalEntryArray));
        }));
        routes.MapGet("/journal/count", (RequestDelegate)(context => WriteJsonAsync(context, JsonSerializer.Serialize(receiver.Count, JournalJson.Default.EpjCount))));
        routes.MapGet("/control/counters", (RequestDelegate)(context => WriteJsonAsync(context, JsonSerializer.Serialize(receiver.Counters, JournalJson.Default.EpjCounters))));
        routes.MapGet("/control/faults", (RequestDelegate)WriteFaultsAsync);
        routes.MapPut("/control/faults", (RequestDelegate)PutFaultsAsync);
    }

    /// <summary>Answers 200 with this.</summary>
    public static Task WriteJsonAsync(HttpContext context, string body) => WriteAsync(context, StatusCodes.Status200OK, "application/json", body);

    private Task WriteFaultsAsync(HttpContext context) => WriteJsonAsync(context, JsonSerializer.Serialize(faults.Rules, FaultJson.Default.IReadOnlyListFaultRule));

    private async Task PutFaultsAsync(HttpContext context)
    {
        try
        {
            faults.Replace(await JsonSerializer.DeserializeAsync(context.Request.Body, FaultJson.Default.ListFaultRule, context.RequestAborted) ?? []);
        }
        catch (JsonException wrong)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, "text/plain; charset=utf-8", $"Not a list of fault rules, at {wrong.Path}. {wrong.Message}");
            return;
        }

        await WriteFaultsAsync(context);
    }

    private static Task WriteAsync(HttpContext context, int status, string contentType, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body, Encoding.UTF8, context.RequestAborted);
    }
}
