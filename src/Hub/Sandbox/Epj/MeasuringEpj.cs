using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Vkp.Sandbox;

/// <summary>
/// A journal system with nothing behind it: takes FHIR messages (`POST fhir/$process-message`), hands each body to a
/// listener, and answers that it is journaled. For measurements, where <see cref="SimulatedEpj"/> would measure itself.
/// </summary>
public sealed class MeasuringEpj : IAsyncDisposable
{
    private const int BodyBytesMax = 4 * 1024 * 1024;
    private readonly Action<string, ReadOnlyMemory<byte>> taken;
    private LoopbackServer? server;

    private MeasuringEpj(Action<string, ReadOnlyMemory<byte>> taken) => this.taken = taken;

    /// <summary>The base a FHIR messaging adapter is given.</summary>
    public Uri FhirBase => new(server!.BaseAddress, "fhir/");

    /// <param name="taken">Called with the id of each message's header and the message before it is answered, from many threads at once; the memory is the caller's to keep.</param>
    public static async Task<MeasuringEpj> StartAsync(Action<string, ReadOnlyMemory<byte>> taken, CancellationToken ct)
    {
        var epj = new MeasuringEpj(taken);
        epj.server = await LoopbackServer.StartAsync(0, BodyBytesMax, app => app.MapPost("/fhir/$process-message", (RequestDelegate)epj.ProcessAsync), ct);
        return epj;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    private async Task ProcessAsync(HttpContext context)
    {
        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 4096));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var message = body.GetBuffer().AsMemory(0, (int)body.Length);
        var header = HeaderId(message.Span) ?? throw new InvalidOperationException("A message without a MessageHeader came to the measuring EPJ.");
        taken(header, message);
        context.Response.ContentType = "application/fhir+json; charset=utf-8";
        await context.Response.Body.WriteAsync(Answer(header), context.RequestAborted);
    }

    private static byte[] Answer(string header)
    {
        var id = Guid.NewGuid().ToString();
        var answer = $$"""
            {
              "resourceType": "Bundle", "id": "{{id}}", "type": "message",
              "entry": [ {
                "fullUrl": "urn:uuid:{{id}}",
                "resource": {
                  "resourceType": "MessageHeader", "id": "{{id}}", "eventUri": "urn:vkp:measured",
                  "source": { "endpoint": "urn:vkp:sandbox:measuring" },
                  "response": { "identifier": "{{header}}", "code": "ok" }
                }
              } ]
            }
            """;
        return Encoding.UTF8.GetBytes(answer);
    }

    /// <summary>The id of the message's first entry.</summary>
    private static string? HeaderId(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        while (reader.Read())
        {
            // Bundle, entry, resource: the object of the header stands at depth 3, its fields at 4.
            if (reader.CurrentDepth == 4 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                return reader.GetString();
            }
        }

        return null;
    }
}
