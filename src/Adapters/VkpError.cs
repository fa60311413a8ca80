namespace Vkp.Adapters;

/// <summary>What kind of failure an error is; decides the HTTP status and whether a retry can help.</summary>
public enum ErrorCategory
{
    /// <summary>The sender must change the message (400, 413, 422).</summary>
    Incorrect,

    /// <summary>The sender is unknown or may not do this (401, 403).</summary>
    Forbidden,

    /// <summary>The same id was used for something else (409).</summary>
    Conflict,

    /// <summary>Nothing by that id (404).</summary>
    NotFound,

    /// <summary>Too much at once; retry later (429).</summary>
    Busy,

    /// <summary>A part the hub needs is away; retry later (503).</summary>
    Unavailable,

    /// <summary>A fault of the hub itself (500).</summary>
    Fault,
}

/// <summary>
/// One error, the same value in a log line, in problem+json and in an OperationOutcome.
/// The code is permanent. The message names what happened and which id, never personal data; the hint says what to do now, and who does it.
/// </summary>
/// <param name="Code">`VKP-` and three digits; the first digit is the room (1 faces and intake, 2 translation and FHIR, 3 store, 4 routing and registry, 5 delivery, 6 acknowledgement, 7 replay and audit, 8 identity and access, 9 operations).</param>
/// <param name="Path">Where in the sender's message, FHIRPath-like or a JSON path; null when the whole message is meant.</param>
public sealed record VkpError(string Code, ErrorCategory Category, string Message, string Hint, string? Path = null)
{
    public override string ToString() => Path is null ? $"{Code} {Message} Hint: {Hint}" : $"{Code} {Message} At: {Path}. Hint: {Hint}";
}
