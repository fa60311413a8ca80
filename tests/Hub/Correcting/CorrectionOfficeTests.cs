using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters.Cases;
using Vkp.Hub.Correcting;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Replay;
using Vkp.Hub.Trace;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Correcting;

public sealed class CorrectionOfficeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vkp-correcting-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

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
    public async Task Who_never_got_a_note_hears_nothing_of_it_and_who_got_it_is_told_though_it_was_taken_out_meanwhile()
    {
        await using var hub = await TestHub.StartAsync();
        await using var second = await SimulatedEpj.StartAsync(new SimulatedEpjOptions(Path.Combine(folder, "second")), TimeProvider.System, default);
        var (one, both) = (hub.CurrentConfiguration, hub.CurrentConfiguration.Replace("destinations: [ ", $"destinations: [ {{ name: second, adapter: fhir-messaging, address: \"{second.FhirBase}\" }}, ", StringComparison.Ordinal));

        // Added when the note stood in the first journal already.
        var early = await PostAsync(hub);
        await hub.UntilAsync(s => s.Journaled == 1);
        await hub.ConfigureAsync(both);
        var added = await CorrectAsync(hub, new(TestHub.OrgNo, early, CorrectionOffice.Amend, "ringte", Note: "Pårørende er varslet."));
        Assert.Equal(("epj", "journaled", "får et tillegg til notatet"), Told(added));

        // Refused by the one, journaled by the other.
        second.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Code = "1.3", Times = 1 });
        var refused = await PostAsync(hub);
        await hub.UntilAsync(s => s is { Failed: 1, Open: 0 });
        Assert.Equal(["får et tillegg til notatet", "har ikke fått notatet, og får ikke tillegget"], What(await CorrectAsync(hub, new(TestHub.OrgNo, refused, CorrectionOffice.Amend, "ringte", Note: "Ringte igjen."))));
        Assert.Equal(["får beskjed om at notatet er feilregistrert", "har ikke fått notatet, og får det ikke"], What(await CorrectAsync(hub, new(TestHub.OrgNo, refused, CorrectionOffice.EnteredInError, "feil"))));
        await hub.UntilAsync(s => s.Open == 0);
        await hub.DeliveredAsync();
        Assert.Empty(second.Journal);
        Assert.Equal(refused.ToString(), Assert.Single(second.Counters.Messages).MessageHeaderId);

        // In both, and then the other is taken out of the configuration.
        var late = await PostAsync(hub);
        await second.WaitForJournaledAsync(1, default);
        await hub.DeliveredAsync();
        await hub.ConfigureAsync(one);
        var back = await CorrectAsync(hub, new(TestHub.OrgNo, late, CorrectionOffice.EnteredInError, "feil"));
        Assert.Equal(["får beskjed om at notatet er feilregistrert", "har notatet, men står ikke lenger i oppsettet: rettelsen venter, så si fra dit på annen måte"], What(back));
        await hub.UntilAsync(s => s.Open == 1);
        await hub.ConfigureAsync(both);
        await hub.UntilAsync(s => s.Open == 0);
        Assert.Equal([late.ToString(), back.CorrectionId.ToString()!], second.Journal.Select(e => e.MessageHeaderId));
    }

    [Theory]
    [InlineData("journaled", true, true, true)]
    [InlineData("accepted", true, true, true)]
    [InlineData("read", true, true, true)]
    [InlineData("unknown", true, true, true)]
    [InlineData("running", true, true, true)]
    [InlineData("available", false, true, true)]
    [InlineData("scheduled", false, true, true)]
    [InlineData("retryable", false, true, true)]
    [InlineData("refused", false, false, true)]
    [InlineData("withdrawn", false, false, false)]
    public void Whom_a_correction_concerns_is_a_matter_of_what_it_has_and_what_it_is_told(string state, bool takenBack, bool amended, bool replaced) => Assert.Equal(
        (takenBack, amended, replaced),
        (Receivers.Concerns(CorrectionKind.EnteredInError, state), Receivers.Concerns(CorrectionKind.Amended, state), Receivers.Concerns(CorrectionKind.Replaced, state)));

    [Fact]
    public async Task What_is_held_or_waits_for_its_case_stands_in_no_journal_and_the_answer_says_what_to_do_instead()
    {
        await using var hub = await TestHub.StartAsync();
        var unknown = Encoding.UTF8.GetString(TestHub.Event("dose.dispensed").Body.Span).Replace("ZZ000201", "ZZ000999", StringComparison.Ordinal);
        using var held = await hub.PostAsync(Encoding.UTF8.GetBytes(unknown));
        using var waiting = await hub.PostAsync(TestHub.Event("dose.notTaken"));
        await hub.UntilAsync(s => s.Held.Count == 1);
        await hub.RoutedAsync();

        Assert.Equal("VKP-721 vkp held reject", await HintAsync(hub, held, "vkp held reject"));
        Assert.Equal("VKP-721 case to be closed", await HintAsync(hub, waiting, "case to be closed"));
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

    /// <summary>The code, and the words if the hint has them.</summary>
    private static async Task<string> HintAsync(TestHub hub, HttpResponseMessage posted, string words)
    {
        var request = new CorrectionRequest(TestHub.OrgNo, IdOf(posted), CorrectionOffice.EnteredInError, "feil");
        using var answer = await Replays.SendAsync(hub, HttpMethod.Post, "admin/corrections", JsonSerializer.Serialize(request, AdminJson.Default.CorrectionRequest));
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return $"{problem["code"]} {(((string)problem["errors"]![0]!["hint"]!).Contains(words, StringComparison.Ordinal) ? words : "")}";
    }

    private static IEnumerable<string> What(CorrectionAnswer answer) => answer.Told.Select(told => told.What);

    private static (string, string, string) Told(CorrectionAnswer answer) => answer.Told is [var one] ? (one.Destination, one.Was, one.What) : default;

    private static string TextOf(TestHub hub, Guid? message) => hub.Epj.Journal.Single(e => e.MessageHeaderId == message.ToString()).Text;

    private static async Task<Guid> PostAsync(TestHub hub)
    {
        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        return IdOf(posted);
    }

    private static Guid IdOf(HttpResponseMessage posted) => Guid.Parse(posted.Headers.Location!.ToString().Split('/')[4]);

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
