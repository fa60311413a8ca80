using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Faces;

/// <summary>Errors as `application/problem+json` (RFC 9457): the first error in the standard members, all of them in `errors`.</summary>
public static class Problem
{
    public static async Task WriteAsync(HttpResponse response, IReadOnlyList<VkpError> errors)
    {
        RefusalWatch.NoteRefusal(response.HttpContext, errors);
        response.StatusCode = ErrorStatus.Of(errors[0]);
        ErrorStatus.AddHeaders(response, errors[0]);
        await response.WriteAsJsonAsync(Of(errors), FacesJson.Default.ProblemBody, "application/problem+json");
    }

    public static ProblemBody Of(IReadOnlyList<VkpError> errors) => new(
        $"{Systems.HubError}:{errors[0].Code}", errors[0].Message, ErrorStatus.Of(errors[0]), errors[0].Hint, errors[0].Code,
        [.. errors.Select(e => new ProblemError(e.Code, e.Message, e.Hint, e.Path))]);
}

public sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<ProblemError> Errors);

public sealed record ProblemError(string Code, string Message, string Hint, string? Path);

/// <summary>The answer to a vendor's event.</summary>
/// <param name="State">`registered` or `held`.</param>
public sealed record EventAnswer(Guid MessageId, string State, string Status, IReadOnlyList<ProblemError> Issues);

/// <summary>One event of a batch: an answer or a problem, at the event's place.</summary>
public sealed record BatchEntry(int Index, int Status, EventAnswer? Answer, ProblemBody? Problem);

/// <summary>What a sender without a token asks, signed.</summary>
internal sealed record StatusQuestion(string? MessageId)
{
    /// <summary>Null when it is no such question.</summary>
    public static StatusQuestion? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, FacesJson.Default.StatusQuestion);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Where a message is, with the time of each step; a step not reached is absent.</summary>
public sealed record StatusAnswer(
    Guid MessageId, string State, string? Reason, DateTimeOffset Registered, DateTimeOffset? Forwarded, DateTimeOffset? Journaled, DateTimeOffset? Settled, DateTimeOffset? Failed, Guid? InDocumentOf)
{
    public static StatusAnswer Of(MessageRow row) =>
        new(row.MessageId, row.State, row.Reason, row.RegisteredAt, row.ForwardedAt, row.JournaledAt, row.SettledAt, row.FailedAt, row.InDocumentOf);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(EventAnswer))]
[JsonSerializable(typeof(IReadOnlyList<BatchEntry>))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(StatusQuestion))]
[JsonSerializable(typeof(JftStatus))]
[JsonSerializable(typeof(JftTimeline))]
internal sealed partial class FacesJson : JsonSerializerContext;
