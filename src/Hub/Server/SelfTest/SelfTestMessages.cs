using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Hub.SelfTest;

/// <summary>The messages of one run: short notes that say that they are a test. The same run makes the same messages.</summary>
internal sealed class SelfTestMessages(Guid run, IReadOnlyDictionary<string, string> settings, DateTimeOffset at)
{
    private const string Title = "Selvtest fra VKP";

    private static readonly TimeSpan Waited = TimeSpan.FromHours(10);

    /// <summary>Stands where the municipality's number would: a run belongs to none.</summary>
    private const string NoMunicipality = "000000000";

    public OutboundMessage About(SourceIdentifier patient, int number) => new(
        Id("message", number), Id("bundle", number), NoMunicipality, "VKP selvtest", "selftest", at, at, Lane.Routine, IsLate: false, [Note(patient, number, at)])
    {
        Settings = settings,
    };

    /// <summary>One that has waited for the journal system.</summary>
    public OutboundMessage Late(SourceIdentifier patient, int number) => About(patient, number) with
    {
        OccurredAt = at - Waited, IsLate = true, Resources = [Note(patient, number, at - Waited)],
    };

    private Composition Note(SourceIdentifier patient, int number, DateTimeOffset at) => new()
    {
        Id = Id("note", number).ToString("D"),
        Status = CompositionStatus.Final,
        Type = Loinc.SummaryNote,
        Subject = new ResourceReference(new Identifier(patient.System, patient.Value)),
        DateElement = new FhirDateTime(at),
        Author = [new ResourceReference { Display = "VKP selvtest" }],
        Title = Title,
        Section =
        [
            new()
            {
                Title = Title,
                Text = new Narrative { Status = Narrative.NarrativeStatus.Generated, Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Prøvemelding {number}. Skal ikke følges opp.</p></div>" },
            },
        ],
    };

    private Guid Id(string what, int number) => DeterministicId.From("selftest", run.ToString("N"), what, number.ToString());
}
