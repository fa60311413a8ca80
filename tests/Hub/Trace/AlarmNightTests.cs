using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vkp.Hub.Correcting;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Replay;
using Vkp.Hub.Trace;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Trace;

/// <summary>
/// One alarm night as the report tells it to somebody who knows health care and not software. The words are a file beside this one; a person has read it and found
/// that it says what happened, who did what, and how it ended, without a word that only a vendor or an operator knows.
/// </summary>
public partial class AlarmNightTests
{
    [Fact]
    public async Task The_story_of_a_night_in_plain_words()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.ConfigureAllVendorsAsync();
        var alarms = new VendorEvents(person: 0);
        var now = TimeProvider.System.GetUtcNow().AddSeconds(-60);
        string At(int second) => now.AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

        await PostAsync(hub, alarms.Of("alarm.raised", At(0), """{ "alarmId": "RC-1", "kind": "fall", "place": "bad" }"""));
        await PostAsync(hub, alarms.Of("alarm.claimed", At(8), """{ "alarmId": "RC-1", "by": "op-17" }"""));
        await PostAsync(hub, alarms.Of("alarm.raised", At(20), """{ "alarmId": "RC-2", "kind": "fall", "place": "bad" }"""));
        await hub.RoutedAsync();
        // The journal system is busy when the case is closed, and answers at the second try.
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Status, Status = 503, RetryAfterSeconds = 1, Times = 1 });
        await PostAsync(hub, alarms.Of("alarm.closed", At(55), $$"""
            { "alarmId": "RC-1", "kind": "fall", "place": "bad", "outcome": "helpedUp", "log": [ { "at": "{{At(0)}}", "step": "raised" }, { "at": "{{At(30)}}", "step": "dispatched", "to": "Nattpatrulje Nord" } ] }
            """));
        var counts = await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        Assert.Equal(4, counts.Accepted);
        var closed = Guid.Parse(hub.Epj.Journal.Single().MessageHeaderId);
        // In the morning somebody looks, and takes the note back.
        await TellAsync(hub, "json", "behandling: vaktrapport");
        await CorrectAsync(hub, new CorrectionRequest(TestHub.OrgNo, closed, CorrectionOffice.EnteredInError, "gjaldt en øvelse"));
        await hub.UntilAsync(s => s is { Journaled: 2, Open: 0 });
        await hub.RoutedAsync();

        var story = await TellAsync(hub, "story", "tilsyn: sak 26/114");
        var page = await TellAsync(hub, "html", "tilsyn: sak 26/114");
        var csv = await (await hub.AdminAsync(HttpMethod.Get, $"admin/benefit/{TestHub.OrgNo}")).Content.ReadAsStringAsync();

        Snapshot.Verify(Plain(story));
        // The page to print says the same; when it was told, somebody had looked for the story.
        var printed = Plain(WebUtility.HtmlDecode(Tag().Replace(page.Replace("</td><td>", "  ", StringComparison.Ordinal), "")));
        Assert.All(Plain(story).Split('\n').Where(line => !Underline().IsMatch(line) && !line.Contains("Ingen før", StringComparison.Ordinal)), line => Assert.Contains(line.TrimStart(' ', '-'), printed, StringComparison.Ordinal));
        Assert.All([page, story], text => Assert.DoesNotContain(alarms.NationalId, text, StringComparison.Ordinal));
        // The alarm's way to the journal took as long as its case did, and a little; the correction is no note that anybody was spared.
        var lines = csv.Split('\n').Skip(2).Where(line => line.Length > 0).ToDictionary(line => line.Split(';')[1], line => line.Split(';'));
        Assert.InRange(double.Parse(lines["alarm.raised"][7], System.Globalization.CultureInfo.InvariantCulture) - double.Parse(lines["alarm.closed"][7], System.Globalization.CultureInfo.InvariantCulture), 34, 56);
        Assert.Equal(("1", "1"), (lines["alarm.closed"][2], lines["alarm.closed"][4]));
    }

    /// <summary>Every time and number by its name.</summary>
    private static string Plain(string text) => Number().Replace(Time().Replace(text, "TID"), "NUMMER");

    private static async Task PostAsync(TestHub hub, byte[] body)
    {
        using var answer = await hub.PostAsync(body, "alarms", "vendors/alarm-style/events");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> TellAsync(TestHub hub, string form, string purpose)
    {
        var question = new TraceQuestion(TestHub.OrgNo, Patient: new TracePatient(null, SyntheticPeople.All[0].NationalId), Purpose: purpose);
        using var answer = await Replays.SendAsync(hub, HttpMethod.Post, $"admin/trace?as={form}&lang=nb", JsonSerializer.Serialize(question, AdminJson.Default.TraceQuestion), "Kari Nattvakt");
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task CorrectAsync(TestHub hub, CorrectionRequest request)
    {
        using var answer = await Replays.SendAsync(hub, HttpMethod.Post, "admin/corrections", JsonSerializer.Serialize(request, AdminJson.Default.CorrectionRequest), "Ola Dagvakt");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\d\d\.\d\d\.\d{4} kl\. \d\d:\d\d(:\d\d)?|kl\. \d\d:\d\d(:\d\d)?", RegexOptions.None | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("^[-=]*$", RegexOptions.None, 1000)]
    private static partial Regex Underline();
}
