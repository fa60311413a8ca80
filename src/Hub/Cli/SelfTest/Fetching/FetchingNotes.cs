using System.Text;
using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Cli.SelfTest.Fetching;

/// <summary>The messages of one run, as a response centre sends them on the national interface: short notes that say that they are a test, each a minute after the one before it.</summary>
internal sealed class FetchingNotes(Guid run, DateTimeOffset at)
{
    /// <summary>The number of the last.</summary>
    private const int Last = 6;

    private const string Title = "Selvtest fra VKP";

    /// <summary>The note of that number, from 1; the same again of the same run is the same message.</summary>
    public ReadOnlyMemory<byte> Write(SourceIdentifier patient, int number) => FhirJson.Serialize(new Composition
    {
        Identifier = new Identifier(IdentifierSystems.Uri, $"urn:uuid:{DeterministicId.From("selftest", run.ToString("N"), "note", number.ToString()):D}"),
        Status = CompositionStatus.Final,
        // A service that most have; the patient must have it too.
        Type = AlertCodes.SafetyAlarm,
        Category = [CompositionCategories.SafetyAndMastery],
        Subject = new ResourceReference(new Identifier(patient.System, patient.Value)),
        // Never later than now.
        DateElement = new FhirDateTime(at.AddMinutes(number - Last)),
        Author = [new ResourceReference { Display = "VKP selvtest" }],
        Title = Title,
        Section =
        [
            new()
            {
                Title = Title,
                Code = CompositionSections.Note,
                Text = new Narrative { Status = Narrative.NarrativeStatus.Additional, Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{Text(number)}. Skal ikke følges opp.</p></div>" },
            },
        ],
    });

    /// <summary>What is read of it.</summary>
    public static string Text(int number) => $"Prøvemelding {number}";
}
