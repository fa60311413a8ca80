using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Hub.Correcting;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Replay;
using Vkp.Hub.Trace;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Correcting;

public class CorrectionOfficeTests
{
    [Fact]
    public async Task A_note_is_taken_back_or_added_to_and_the_journal_system_is_told()
    {
        await using var hub = await TestHub.StartAsync();
        var (first, second) = (await PostAsync(hub), await PostAsync(hub));
        await hub.UntilAsync(s => s.Journaled == 2);

        var back = await CorrectAsync(hub, new(TestHub.OrgNo, first, CorrectionOffice.EnteredInError, "dobbeltført"));
        var more = await CorrectAsync(hub, new(TestHub.OrgNo, second, CorrectionOffice.Amend, "ringte", Note: "Pårørende er varslet."));

        Assert.Equal(("epj", "journaled", "får beskjed om at notatet er feilregistrert"), Told(back));
        Assert.Equal(("epj", "journaled", "får et tillegg til notatet"), Told(more));
        await hub.UntilAsync(s => s is { Journaled: 4, Open: 0 });
        Assert.StartsWith("Feilregistrert\nErstatter et tidligere notat.\nMeldingen er feilregistrert", TextOf(hub, back.CorrectionId), StringComparison.Ordinal);
        Assert.Equal("Tillegg\nPårørende er varslet.", TextOf(hub, more.CorrectionId));
        var trace = await TraceAsync(hub, first.ToString());
        Assert.Contains(back.CorrectionId!.Value.ToString(), trace, StringComparison.Ordinal);

        Assert.Equal("VKP-722", await RefusedAsync(hub, new(TestHub.OrgNo, first, CorrectionOffice.EnteredInError, "igjen")));
        Assert.Equal("VKP-701", await RefusedAsync(hub, new(TestHub.OrgNo, second, CorrectionOffice.EnteredInError, " ")));
        Assert.Equal("VKP-109", await RefusedAsync(hub, new(TestHub.OrgNo, second, CorrectionOffice.EnteredInError, $"gjelder {SyntheticPeople.All[1].NationalId}")));
        Assert.Equal("VKP-109", await RefusedAsync(hub, new(TestHub.OrgNo, second, "anything", "x")));
        Assert.Equal("VKP-120", await RefusedAsync(hub, new(TestHub.OrgNo, Guid.NewGuid(), CorrectionOffice.Amend, "ringte", Note: "y")));
    }

    [Fact]
    public async Task What_no_journal_has_is_withdrawn_and_no_journal_hears_of_it()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Code = "1.3", Times = 1 });
        var id = await PostAsync(hub);
        await hub.UntilAsync(s => s.Failed == 1);

        var back = await CorrectAsync(hub, new(TestHub.OrgNo, id, CorrectionOffice.EnteredInError, "feil"));

        Assert.Equal(("epj", "refused", "har ikke fått notatet, og får det ikke"), Told(back));
        Assert.Null(back.CorrectionId);
        await hub.UntilAsync(s => s is { Settled: 1, Failed: 0, Open: 0, Accepted: 1 });
        Assert.Empty(hub.Epj.Journal);
    }

    [Fact]
    public async Task A_note_about_the_wrong_patient_moves_and_neither_patients_stream_says_anything_of_the_other()
    {
        await using var hub = await TestHub.StartAsync();
        var (wrong, right) = (SyntheticPeople.All[0], SyntheticPeople.All[1]);
        var id = await PostAsync(hub);
        await hub.UntilAsync(s => s.Journaled == 1);
        var person = new TracePatient(null, right.NationalId);

        Assert.Equal("VKP-702", await RefusedAsync(hub, new(TestHub.OrgNo, id, CorrectionOffice.WrongPatient, "feil person", Patient: new(null, "1"))));
        Assert.Equal("VKP-109", await RefusedAsync(hub, new(TestHub.OrgNo, id, CorrectionOffice.WrongPatient, "feil person", Patient: new(null, wrong.NationalId))));
        var moved = await CorrectAsync(hub, new(TestHub.OrgNo, id, CorrectionOffice.WrongPatient, "feil dispenser", Patient: person));

        await hub.UntilAsync(s => s is { Accepted: 3, Journaled: 3, Open: 0 });
        var old = hub.Epj.Journal.Where(e => e.PatientValue == wrong.NationalId).ToList();
        Assert.Equal([id.ToString(), moved.CorrectionId.ToString()!], old.Select(e => e.MessageHeaderId));
        var own = Assert.Single(hub.Epj.Journal, e => e.PatientValue == right.NationalId);
        Assert.Equal(moved.MovedTo.ToString(), own.MessageHeaderId);
        Assert.Equal(old[0].Text, own.Text);

        // What each patient's own story, opened, says: nothing of the other's number, ids or messages.
        var (ofWrong, ofRight) = (await TraceAsync(hub, wrong), await TraceAsync(hub, right));
        Assert.DoesNotContain(right.NationalId[..6], ofWrong, StringComparison.Ordinal);
        Assert.DoesNotContain(moved.MovedTo!.Value.ToString(), ofWrong, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong.NationalId[..6], ofRight, StringComparison.Ordinal);
        Assert.DoesNotContain(id.ToString(), ofRight, StringComparison.Ordinal);
        Assert.Empty(ResourceIds(ofWrong).Intersect(ResourceIds(ofRight)));
        Assert.NotEmpty(ResourceIds(ofRight));
    }

    private static (string, string, string) Told(CorrectionAnswer answer) => answer.Told is [var one] ? (one.Destination, one.Was, one.What) : default;

    private static string TextOf(TestHub hub, Guid? message) => hub.Epj.Journal.Single(e => e.MessageHeaderId == message.ToString()).Text;

    private static async Task<Guid> PostAsync(TestHub hub)
    {
        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        return Guid.Parse(posted.Headers.Location!.ToString().Split('/')[4]);
    }

    private static async Task<CorrectionAnswer> CorrectAsync(TestHub hub, CorrectionRequest request)
    {
        using var answer = await Replays.SendAsync(hub, HttpMethod.Post, "admin/corrections", JsonSerializer.Serialize(request, AdminJson.Default.CorrectionRequest));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, AdminJson.Default.CorrectionAnswer)!;
    }

    private static Task<string?> RefusedAsync(TestHub hub, CorrectionRequest request) =>
        Replays.RefusedAsync(hub, HttpMethod.Post, "admin/corrections", JsonSerializer.Serialize(request, AdminJson.Default.CorrectionRequest));

    private static async Task<string> TraceAsync(TestHub hub, SyntheticPerson person) =>
        await TraceAsync(hub, new TraceQuestion(TestHub.OrgNo, Patient: new TracePatient(null, person.NationalId), Purpose: "kontroll"));

    private static Task<string> TraceAsync(TestHub hub, string id) => TraceAsync(hub, new TraceQuestion(TestHub.OrgNo, Id: id));

    private static async Task<string> TraceAsync(TestHub hub, TraceQuestion question)
    {
        using var answer = await Replays.SendAsync(hub, HttpMethod.Post, "admin/trace", JsonSerializer.Serialize(question, AdminJson.Default.TraceQuestion));
        return await answer.Content.ReadAsStringAsync();
    }

    private static IEnumerable<string> ResourceIds(string trace) => JsonNode.Parse(trace)!["messages"]!.AsArray().SelectMany(m => m!["fhir"]!.AsArray()).Select(r => (string)r!["id"]!);
}
