using System.Net;
using System.Net.Http.Headers;

namespace Vkp.Sandbox;

/// <summary>Fetches a bearer token; called before each request, so it should hold on to the token while it is good.</summary>
public delegate Task<string> BearerSource(CancellationToken ct);

/// <summary>What came of sending one event.</summary>
/// <param name="Attempts">Requests made; more than one when the hub was away or asked for a wait.</param>
/// <param name="Status">Of the last answer; null when no answer ever came.</param>
/// <param name="Answer">The body of the last answer, cut at 64 KB.</param>
public sealed record SendReport(string EventId, string EventType, int Attempts, HttpStatusCode? Status, Uri? Location, string Answer, TimeSpan Took)
{
    public bool IsAccepted => Status is { } status && (int)status is >= 200 and < 300;
}

/// <summary>
/// Sends as a careful vendor does: the same bytes with the same id again until the hub has answered with something other
/// than "later". An answer in the 400s ends it, because repeating the same bytes cannot help; but a token that has expired on its way, in a request that was long
/// under way, is exchanged for another.
/// </summary>
/// <param name="hub">The hub's base address.</param>
public sealed class VendorSender(HttpClient http, Uri hub, BearerSource bearer, TimeProvider time)
{
    public const string EventsPath = "vendors/evondos-style/events";

    private const int AnswerCharactersMax = 64 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Requests per event before the sender gives up and reports what it knows; default 40, about eight minutes.</summary>
    public int AttemptsMax { get; init; } = 40;

    /// <summary>Posts one dispenser event to the vendor face.</summary>
    public Task<SendReport> SendAsync(DispenserEvent happened, CancellationToken ct) =>
        PostAsync(happened.EventId, happened.EventType, EventsPath, "application/json", happened.Body, ct);

    /// <param name="path">Relative to the hub.</param>
    public async Task<SendReport> PostAsync(
        string eventId, string eventType, string path, string contentType, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        SendReport Report(int attempts, HttpStatusCode? status = null, Uri? location = null, string answer = "") =>
            new(eventId, eventType, attempts, status, location, answer, time.GetElapsedTime(started));

        var (pause, isRenewed) = (FirstPause, false);
        for (var attempt = 1; ; attempt++)
        {
            var wait = pause;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub, path)) { Content = new ReadOnlyMemoryContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
                var token = await bearer(ct);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var answer = await http.SendAsync(request, ct);
                var text = await answer.Content.ReadAsStringAsync(ct);
                if (text.Length > AnswerCharactersMax) text = text[..AnswerCharactersMax];
                if (answer.StatusCode == HttpStatusCode.Unauthorized && !isRenewed && attempt < AttemptsMax && await bearer(ct) != token)
                {
                    isRenewed = true;
                    continue;
                }

                if (!LaterAnswers.AreAsked((int)answer.StatusCode) || attempt == AttemptsMax) return Report(attempt, answer.StatusCode, answer.Headers.Location, text);
                if (LaterAnswers.WaitAsked(answer, time) is { } asked && asked > wait) wait = asked;
            }
            catch (Exception lost) when (LaterAnswers.IsLost(lost, ct))
            {
                // Connection refused, lost, or timed out: the hub may or may not have it, and the same id makes asking again safe.
                if (attempt == AttemptsMax) return Report(attempt, answer: lost.GetType().Name);
            }

            await Task.Delay(wait, time, ct);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
