using System.Text.Json;
using System.Text.RegularExpressions;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation;
using Vkp.Hub.AccessLog;
using Vkp.Hub.Faces;
using Vkp.Hub.LookUps;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.LookUps;
using Vkp.Hub.Tests.Replay;
using Vkp.Hub.Trace;
using Vkp.Sandbox;
using Vkp.TestSupport;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Tests.AccessLog;

/// <summary>Every door through which a patient's data goes to somebody: each leaves a line in the access log.</summary>
public sealed partial class DoorTests
{
    private static readonly string Person = SyntheticPeople.All[0].NationalId;

    /// <summary>Where the hub opens bodies or composes documents. A door names the call that writes its line; what only the machine reads says what it does with it.</summary>
    private static readonly Dictionary<string, (string? Notes, string Reads)> Openings = new(StringComparer.Ordinal)
    {
        ["Trace/MessageTrace.cs"] = ("opening.NoteAsync(", "trace, report, FHIR, as of a time"),
        ["Replay/RetranslationView.cs"] = ("opening.NoteAsync(", "one message then and now"),
        ["Export/BulkExport.cs"] = ("store.AppendAsync(", "export"),
        ["Faces/ObservationSearch.cs"] = ("await NoteAsync(", "search for measurements"),
        ["Faces/JftReadFace.cs"] = ("offers.MarkReadAsync(", "a journal system that fetches"),
        ["Notifications/NotificationAttempt.cs"] = ("offers.MarkReadAsync(", "a notification with the document in it"),
        ["Trace/TraceSearch.cs"] = (null, "compares device and patient; what fits is told by MessageTrace"),
        ["Delivery/DeliveryAttempt.cs"] = (null, "delivers; the receiver's answer is the line"),
        ["Delivery/DocumentComposer.cs"] = (null, "composes for the doors above"),
        ["Correcting/CorrectionOffice.cs"] = (null, "sends what corrects, a message with its author, and shows nothing"),
        ["Intake/EventIntake.cs"] = (null, "seals anew what it sealed a moment before, when that is refused as another content under a used id"),
        ["Intake/HeldMessages.cs"] = (null, "translates again"),
        ["Routing/DailySummaries.cs"] = (null, "writes the day's note"),
        ["Replay/ReplayPages.cs"] = (null, "counts"),
        ["Replay/CorrectWork.cs"] = (null, "compares, and sends what replaces"),
        ["Replay/SelectedDevice.cs"] = (null, "compares the device"),
        ["Replay/ReplayEngine.cs"] = (null, "the replay's own plan"),
        ["Replay/ReplayOffice.cs"] = (null, "the replay's own plan and report"),
        ["Handover/HandoverOffice.cs"] = (null, "the handover's own plan"),
        ["Registry/MunicipalityRegistry.cs"] = (null, "the configuration"),
        ["Registry/PatientIdentities.cs"] = (null, "names the patient to a journal system"),
        ["Notifications/SubscriptionRegister.cs"] = (null, "the subscription's own terms"),
    };

    [Fact]
    public void Every_place_that_opens_a_body_is_a_door_that_notes_it_or_is_for_the_machine_alone()
    {
        var root = Repository.PathOf("src", "Hub", "Server");
        var found = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(root, file), Text: File.ReadAllText(file)))
            .Where(file => !file.Name.StartsWith("Privacy/", StringComparison.Ordinal) && !file.Name.StartsWith("obj/", StringComparison.Ordinal))
            .Select(file => (file.Name, file.Text, Count: Opening().Count(file.Text))).Where(file => file.Count > 0).ToList();

        Assert.Equal(Openings.Keys.Order(StringComparer.Ordinal), found.Select(file => file.Name).Order(StringComparer.Ordinal));
        foreach (var (name, text, count) in found)
        {
            if (Openings[name].Notes is { } notes) Assert.True(text.Split(notes).Length - 1 >= count, $"{name} opens {count} times, and notes it by '{notes}' less often");
        }
    }

    [Fact]
    public async Task Whoever_sees_a_patients_data_stands_in_her_access_log_and_whoever_sees_none_does_not()
    {
        await using var hubs = new LookUpHubs();
        var hub = await hubs.OfAsync("fhir-messaging");
        const string Destinations = "destinations: [ ";
        var first = hub.CurrentConfiguration.IndexOf(Destinations, StringComparison.Ordinal) + Destinations.Length;
        await hub.ConfigureAsync(hub.CurrentConfiguration.Insert(first, "{ name: henter, adapter: jft-pull, settings: { client: journal } }, "));
        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        var id = posted.Headers.Location!.ToString().Split('/')[4];
        await hub.Epj.WaitForJournaledAsync(1, default);
        await hub.UntilAsync(s => s is { Accepted: 1, Position: > 0 });
        var patient = new TracePatient(null, Person);
        string Question(TraceQuestion question) => JsonSerializer.Serialize(question, AdminJson.Default.TraceQuestion);

        (string Door, AccessKind? Kind, string Who, Func<Task> Go)[] doors =
        [
            ("trace", AccessKind.Opened, Replays.Operator, () => AdminAsync(hub, HttpMethod.Get, $"admin/trace/{id}?purpose=tilsyn")),
            ("trace as of a time", AccessKind.Opened, Replays.Operator, () => AdminAsync(hub, HttpMethod.Post, "admin/trace?as=fhir", Question(new(TestHub.OrgNo, Patient: patient, Purpose: "tilsyn") { AsOf = TimeProvider.System.GetUtcNow() }))),
            ("report", AccessKind.Opened, Replays.Operator, () => AdminAsync(hub, HttpMethod.Post, "admin/trace?as=html", Question(new(TestHub.OrgNo, Patient: patient, Purpose: "tilsyn")))),
            ("then and now", AccessKind.Opened, Replays.Operator, () => AdminAsync(hub, HttpMethod.Get, $"admin/retranslation/{TestHub.OrgNo}/{id}?purpose=tilsyn")),
            ("export", AccessKind.Exported, Replays.Operator, () => AdminAsync(hub, HttpMethod.Get, $"admin/export/{TestHub.OrgNo}/MedicationDispense?purpose=arkiv")),
            ("fetching", AccessKind.Disclosed, "henter", () => FetchAsync(hub, "v1/MedicationDispense")),
            ("fetching again", AccessKind.Disclosed, "henter", () => FetchAsync(hub, "v1/MedicationDispense")),
            ("fetching one", AccessKind.Disclosed, "henter", () => FetchAsync(hub, $"v1/MedicationDispense/{id}")),
            ("measurements", AccessKind.Opened, "journal", () => FormAsync(hub, "fhir/Observation/_search", "journal", MeasurementFace.ReadScope)),
            ("look-up", AccessKind.LookedUp, "Respons_Test_Eksempel", () => FormAsync(hub, $"epj/r4/{TestHub.OrgNo}/condition/_search", "responses", LookUpKind.All.Single(k => k.Name == "condition").Scope)),
            ("the list itself", AccessKind.ListRead, Replays.Operator, async () => await ListAsync(hub)),
            ("trace without a purpose", null, "", () => AdminAsync(hub, HttpMethod.Get, $"admin/trace/{id}")),
            ("dead letters", null, "", () => AdminAsync(hub, HttpMethod.Get, "admin/dead-letters")),
            ("what is held", null, "", () => AdminAsync(hub, HttpMethod.Get, "admin/held")),
            ("a replay", null, "", () => Replays.ReplayAsync(hub, new(TestHub.OrgNo, Purpose: "revisjon"))),
        ];
        foreach (var (door, kind, who, go) in doors)
        {
            var before = (await ListAsync(hub))[^1].Position;
            await go();
            // The last line is this asking's own.
            var lines = (await ListAsync(hub)).Where(e => e.Position > before).SkipLast(1).ToList();
            if (kind is null) Assert.True(lines.Count == 0, $"{door}: {string.Join(", ", lines)}");
            else Assert.True(lines.Any(e => e.Kind == kind && e.Who == who), $"{door} left no line of {who}: {string.Join(", ", lines)}");
        }

        Assert.Contains(await ListAsync(hub), e => e is { Kind: AccessKind.Received, Who: "Evondos_Test_Eksempel", What: "Sendte en melding om deg" });
        await FormsAsync(hub);
    }

    private static async Task FormsAsync(TestHub hub)
    {
        var (csv, fhir) = (await AccessAsync(hub, "csv"), await AccessAsync(hub, "fhir"));
        Assert.StartsWith("Tidspunkt;Hvem;Hva;Hvorfor;Hendelse;Melding;Plass i loggen\n", csv, StringComparison.Ordinal);
        Assert.Contains(";Kari;Så innholdet i meldingen;tilsyn;", csv, StringComparison.Ordinal);
        var bundle = Assert.IsType<Bundle>(FhirJson.ParseStrict(System.Text.Encoding.UTF8.GetBytes(fhir)).Resource);
        Assert.True(bundle.Entry.Count > 10);
        Assert.All(bundle.Entry, entry => Assert.DoesNotContain(FhirValidator.Validate(Assert.IsType<AuditEvent>(entry.Resource)), issue => issue.Severity >= Fhir.FhirSeverity.Error));
        Assert.DoesNotContain(Person, csv + fhir, StringComparison.Ordinal);

        string Body(string value, string? purpose) => JsonSerializer.Serialize(new AccessQuestion(TestHub.OrgNo, new TracePatient(null, value), Purpose: purpose), AdminJson.Default.AccessQuestion);
        Assert.Equal("VKP-701", await Replays.RefusedAsync(hub, HttpMethod.Post, "admin/access", Body(Person, null)));
        Assert.Equal("VKP-702", await Replays.RefusedAsync(hub, HttpMethod.Post, "admin/access", Body("1", "innsyn")));
        Assert.Equal("VKP-704", await Replays.RefusedAsync(hub, HttpMethod.Post, "admin/access?as=xml", Body(Person, "innsyn")));
        Assert.Equal("VKP-705", await Replays.RefusedAsync(hub, HttpMethod.Post, "admin/access", Body(SyntheticPeople.All[4].NationalId, "innsyn")));
        Assert.Equal("VKP-104", await Replays.RefusedAsync(hub, HttpMethod.Post, "admin/access", "{}"));
    }

    private static async Task<IReadOnlyList<AccessEntry>> ListAsync(TestHub hub) => JsonSerializer.Deserialize(await AccessAsync(hub, "json"), AdminJson.Default.AccessList)!.Entries;

    private static Task<string> AccessAsync(TestHub hub, string form) => AdminAsync(
        hub, HttpMethod.Post, $"admin/access?as={form}", JsonSerializer.Serialize(new AccessQuestion(TestHub.OrgNo, new TracePatient(null, Person), Purpose: "innsyn"), AdminJson.Default.AccessQuestion));

    private static async Task<string> AdminAsync(TestHub hub, HttpMethod method, string path, string? body = null)
    {
        using var answer = await Replays.SendAsync(hub, method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return text;
    }

    private static async Task FetchAsync(TestHub hub, string path)
    {
        using var answer = await hub.GetAsync(path, "journal", await hub.TokenAsync("journal", JftFace.Scope));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task FormAsync(TestHub hub, string path, string client, string scope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, path)) { Content = new FormUrlEncodedContent([KeyValuePair.Create("patient.identifier", Person)]) };
        request.Headers.Add("ServiceCodes", "md");
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", await hub.TokenAsync(client, scope));
        using var answer = await hub.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"\b(vault\.OpenAsync|composer\.(Try)?ComposeAsync)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Opening();
}
