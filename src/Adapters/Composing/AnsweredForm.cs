using Vkp.Adapters.Envelope;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Composing;

/// <summary>A form a patient has answered. Forms are named by key and title; the wording of licensed forms is the vendor's affair.</summary>
internal sealed record AnsweredForm(string ResponseId, string FormKey, string? Version, string Title, IReadOnlyList<(string LinkId, string? Text, string Answer)> Items, decimal? Score, decimal? ScoreMax, DateTimeOffset AnsweredAt)
{
    private const string DisplayExtension = "http://hl7.org/fhir/StructureDefinition/display";

    /// <summary>Scores that have a code of their own beside the general one, by form key.</summary>
    private static readonly Dictionary<string, FhirCode> ScoreCodes = new(StringComparer.OrdinalIgnoreCase) { ["gad-7"] = Loinc.Gad7Total, ["gad7"] = Loinc.Gad7Total };

    public string AboutId => $"questionnaire:{ResponseId}";

    /// <param name="answeredAt">Used when the form does not say itself.</param>
    public static AnsweredForm Read(JsonFields data, DateTimeOffset answeredAt)
    {
        var form = data.Object("form");
        var score = data.ObjectOrNull("score");
        return new AnsweredForm(
            data.Text("responseId", charactersMax: 64),
            form?.Text("key", charactersMax: 64) ?? string.Empty,
            form?.TextOrNull("version", charactersMax: 32),
            form?.Text("title", charactersMax: 200) ?? string.Empty,
            [.. data.Objects("items", itemsMax: 200, required: true).Select(item =>
                (item.Text("linkId", charactersMax: 64), item.TextOrNull("text", charactersMax: 1000), item.Text("answer", charactersMax: 4000)))],
            score?.Decimal("value"),
            score?.DecimalOrNull("max"),
            data.TimeOrNull("answeredAt") ?? answeredAt);
    }

    public IReadOnlyList<Resource> Resources(VendorEvent source)
    {
        var response = Response(source);
        return Score is { } score ? [response, ScoreObservation(source, response, score)] : [response];
    }

    private QuestionnaireResponse Response(VendorEvent source)
    {
        var id = source.SharedId("questionnaire", ResponseId);
        return new QuestionnaireResponse
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.QuestionnaireResponse),
            Identifier = Parts.UuidIdentifier(id),
            QuestionnaireElement = new Canonical { Text = FormUrl, Extension = { new Extension(DisplayExtension, new FhirString { Text = Title }) } },
            Status = QuestionnaireResponse.QuestionnaireResponseStatus.Completed,
            Subject = Parts.Logical(source.Patient),
            AuthoredElement = new FhirDateTime(AnsweredAt),
            Item = [.. Items.Select(item => new QuestionnaireResponse.ItemComponent
            {
                LinkId = item.LinkId,
                Text = item.Text,
                Answer = [new() { Value = new FhirString { Text = item.Answer } }],
            })],
        };
    }

    private string FormUrl => $"urn:x-vkp:form:{Uri.EscapeDataString(FormKey)}{(Version is null ? string.Empty : $"|{Uri.EscapeDataString(Version)}")}";

    private Observation ScoreObservation(VendorEvent source, QuestionnaireResponse response, decimal score)
    {
        var id = source.SharedId("score", ResponseId);
        var observation = new Observation
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.Observation),
            Identifier = [Parts.UuidIdentifier(id)],
            Status = ObservationStatus.Final,
            Category = [ObservationCategories.Survey],
            Code = new CodeableConcept { Coding = [Loinc.QuestionnaireScore], Text = $"Poengsum {Title}" },
            Subject = Parts.Logical(source.Patient),
            Effective = new FhirDateTime(AnsweredAt),
            Performer = [Parts.Logical(source.Patient)],
            Value = new Quantity { Value = score, Unit = "poeng", System = Systems.Ucum, Code = Ucum.Score },
            DerivedFrom = [new ResourceReference($"urn:uuid:{response.Id}")],
        };
        if (ScoreCodes.TryGetValue(FormKey, out var own))
            observation.Code.Coding.Add(own);
        if (ScoreMax is { } max)
            observation.ReferenceRange.Add(new() { High = new Quantity { Value = max, Unit = "poeng", System = Systems.Ucum, Code = Ucum.Score }, Text = $"Høyeste mulige poengsum {max}" });
        return observation;
    }
}
