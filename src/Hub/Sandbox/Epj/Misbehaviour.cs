using System.Text;
using Microsoft.AspNetCore.Http;

namespace Vkp.Sandbox;

/// <summary>Carries out a fault on one request.</summary>
internal sealed class Misbehaviour(HttpContext context, TimeProvider time, CancellationToken stopping)
{
    private static readonly byte[] Noise = Encoding.UTF8.GetBytes(new string(' ', 16 * 1024));

    /// <returns>True when the request is dealt with; false when handling goes on.</returns>
    public async Task<bool> StrikesAsync(FaultRule rule, string? answer)
    {
        if (rule.WaitMilliseconds > 0 && !await PauseAsync(TimeSpan.FromMilliseconds(rule.WaitMilliseconds))) return true;
        switch (rule.Kind)
        {
            case FaultKind.Refuse or FaultKind.TransientError or FaultKind.Twice:
                return false;
            case FaultKind.Slow:
                return !await PauseAsync(TimeSpan.FromMilliseconds(rule.DelayMilliseconds));
            case FaultKind.Hang or FaultKind.Silent:
                await PauseAsync(Timeout.InfiniteTimeSpan);
                context.Abort();
                return true;
            case FaultKind.Drop:
                context.Abort();
                return true;
            case FaultKind.Cut:
                await CutAsync(answer ?? """{"resourceType":"Bundle","type":"message","entry":[]}""");
                return true;
            case FaultKind.Endless:
                await NeverEndAsync();
                return true;
            case FaultKind.Trickle:
                await TrickleAsync(TimeSpan.FromMilliseconds(rule.DelayMilliseconds));
                return true;
            case FaultKind.Redirect:
                context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                context.Response.Headers.Location = "/journal";
                return true;
            case FaultKind.Garbage:
                context.Response.ContentType = "application/fhir+json";
                await context.Response.WriteAsync("<html><body>Velkommen til EPJ</body></html>", context.RequestAborted);
                return true;
            case FaultKind.Status:
                context.Response.StatusCode = rule.Status;
                if (rule.RetryAfterSeconds is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString();
                return true;
            default:
                throw new InvalidOperationException($"No such fault: {rule.Kind}.");
        }
    }

    /// <returns>False when the caller went away or the EPJ is stopping.</returns>
    private async Task<bool> PauseAsync(TimeSpan pause)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await Task.Delay(pause, time, either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task CutAsync(string answer)
    {
        var bytes = Encoding.UTF8.GetBytes(answer);
        context.Response.ContentType = "application/fhir+json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private async Task TrickleAsync(TimeSpan pause)
    {
        context.Response.ContentType = "application/fhir+json";
        do
        {
            await context.Response.Body.WriteAsync(Noise.AsMemory(0, 1), CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
        }
        while (await PauseAsync(pause));
        context.Abort();
    }

    private async Task NeverEndAsync()
    {
        context.Response.ContentType = "application/fhir+json";
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            while (!either.IsCancellationRequested) await context.Response.Body.WriteAsync(Noise, either.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}
