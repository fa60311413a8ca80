namespace Vkp.Sandbox;

/// <summary>Which answers of a hub mean that the same request is to come again, and when.</summary>
internal static class LaterAnswers
{
    public static bool AreAsked(int status) => status is 408 or 429 or >= 500;

    /// <summary>How long the hub asks its caller to stay away; null when it does not say.</summary>
    public static TimeSpan? WaitAsked(HttpResponseMessage answer, TimeProvider time) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    /// <summary>Connection refused, lost, or timed out: nobody can say whether the hub has the request.</summary>
    public static bool IsLost(Exception failed, CancellationToken ct) =>
        failed is HttpRequestException or IOException || (failed is OperationCanceledException && !ct.IsCancellationRequested);
}
