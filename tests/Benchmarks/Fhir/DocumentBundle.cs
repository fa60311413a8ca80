using Vkp.Fhir.Codes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Benchmarks.Fhir;

/// <summary>The journal document of a closed safety-alarm case, about 6 kB, in the VKP profiles and without faults.</summary>
internal static class DocumentBundle
{
    private const string Profiles = "http://ehelse.no/fhir/StructureDefinition/";

    // A Tenor number (month + 80): nobody's.
    private static Identifier Patient => new(IdentifierSystems.Fodselsnummer, "13816910034");

    public static byte[] Bytes() => FhirJson.Serialize(Build());

    public static Bundle Build()
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Document, Identifier = new Identifier("https://vendor.example/cases", "case-1"), Timestamp = new DateTimeOffset(2026, 11, 20, 8, 30, 0, TimeSpan.FromHours(1)) };
        bundle.Entry.Add(new Bundle.EntryComponent(Url(1), Composition()));
        bundle.Entry.Add(new Bundle.EntryComponent(Url(2), Issue()));
        bundle.Entry.Add(new Bundle.EntryComponent(Url(3), Encounter()));
        return bundle;
    }

    private static string Url(int number) => $"urn:uuid:00000000-0000-4000-8000-{number:D12}";

    private static Composition Composition()
    {
        var composition = new Composition
        {
            Meta = new Meta { Profile = { Profiles + "vkp-Composition-v090" } },
            Status = CompositionStatus.Final, Type = Loinc.SummaryNote, Category = { CompositionCategories.SafetyAndMastery },
            Subject = new ResourceReference(Patient, "Test Person"), Date = "2026-11-20T08:30:00+01:00", Title = "Journalnotat for respons på hendelse",
            Author = { new ResourceReference(new Identifier("https://vendor.example/users", "op17"), "Operatør 17") },
        };
        foreach (var (step, minute) in new[] { (CompositionEvents.Reported, 0), (CompositionEvents.BeingHandled, 1), (CompositionEvents.Conversation, 3), (CompositionEvents.ToDispatch, 6), (CompositionEvents.DispatchAccepted, 8), (CompositionEvents.Acknowledged, 25) })
        {
            composition.Event.Add(new Composition.EventComponent { Code = { step }, Period = new Period(new FhirDateTime($"2026-11-20T08:{minute:D2}:00+01:00"), null) });
        }

        foreach (var (kind, text) in new[] { (CompositionSections.EventDescription, "Trygghetsalarm utløst fra smykke i stua."), (CompositionSections.FollowUpDescription, "Snakket med bruker, som hadde falt og ikke kom seg opp. Hjemmetjenesten rykket ut og hjalp bruker opp."), (CompositionSections.Comment, "Ingen synlig skade. Ring pårørende i morgen.") })
        {
            composition.Section.Add(new Composition.SectionComponent
            {
                Title = kind.Display, Code = kind, Entry = { new ResourceReference(Url(2)) },
                Text = new Narrative { Status = Narrative.NarrativeStatus.Additional, Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{text}</p></div>" },
            });
        }

        return composition;
    }

    private static DetectedIssue Issue() => new()
    {
        Meta = new Meta { Profile = { Profiles + "vkp-DetectedIssue-v090" } },
        Identifier = { new Identifier(IdentifierSystems.Uri, Url(9)) },
        Status = ObservationStatus.Final, Code = AlertCodes.SafetyAlarm, Severity = DetectedIssue.DetectedIssueSeverity.High,
        Patient = new ResourceReference(Patient, "Test Person"), Identified = new FhirDateTime("2026-11-20T08:00:00+01:00"), Detail = "Trygghetsalarm utløst fra smykke",
        Author = new ResourceReference(new Identifier("https://vendor.example/devices", "C02-4627"), "Trygghetsalarm"),
    };

    private static Encounter Encounter() => new()
    {
        Meta = new Meta { Profile = { Profiles + "vkp-Encounter-v090" } },
        Identifier = { new Identifier(IdentifierSystems.Uri, Url(8)) },
        Status = Vkp.Fhir.Model.Encounter.EncounterStatus.Finished, Class = EncounterClasses.Virtual, Subject = new ResourceReference(Patient, "Test Person"),
        Participant = { new Encounter.ParticipantComponent { Type = { EncounterModes.TwoWaySpeech }, Individual = new ResourceReference(new Identifier("https://vendor.example/users", "op17"), "Operatør 17") } },
        Period = new Period(new FhirDateTime("2026-11-20T08:01:00+01:00"), new FhirDateTime("2026-11-20T08:06:00+01:00")), ReasonCode = { EncounterReasons.EventBased },
        Location = { new Encounter.LocationComponent { Location = new ResourceReference { Display = "Stua @ Hjemme" } } },
    };
}
