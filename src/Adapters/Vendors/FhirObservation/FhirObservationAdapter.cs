using System.Text;
using Vkp.Adapters.Composing;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.FhirObservation;

/// <summary>
/// One measurement as a FHIR Observation. It is kept and can be searched; an entry in the journal of its own it gets only when its sender marks it as deviating.
/// The source message id is the Observation's identifier, with its status and time of issue when it corrects or takes back: an empty one has the hub use the content.
/// </summary>
public sealed class FhirObservationAdapter : IVendorAdapter
{
    private const string NoEntry = "measurement";
    private const string New = "measurement";
    private const string Corrected = "measurement.corrected";
    private const string Deleted = "measurement.deleted";

    private static readonly string[] CodeSystems = [Systems.Loinc, Systems.SnomedCt, Systems.NpuNlk];

    public AdapterInfo Info { get; } = new("fhir-observation", MajorVersion: 1, MinorVersion: 0);

    public IReadOnlyList<VendorEventKind> Kinds { get; } = VendorEventKind.List(New, Corrected, Deleted);

    public bool KeepsSendersFhir => true;

    public Translation Translate(VendorPayload payload)
    {
        var findings = new Findings();
        if (LenientFhir.Read(payload.Bytes, findings) is not { } resource)
            return new Translation.Rejected(findings.Faults);
        if (resource is not Observation observation)
            return new Translation.Rejected([TranslationErrors.NotAnObservation($"a {resource.TypeName}")]);

        Demands.Check(observation, findings);
        IdentifierNames.Settle(observation, observation.TypeName, findings);
        new SafeNarratives(findings).Settle(observation, observation.TypeName);
        var patient = PatientOf(observation, findings);
        var at = TimeOf(observation, payload.ReceivedAt, findings);
        if (observation.Code?.IsMeasurement(CodeSystems) != true)
            findings.Fault(TranslationErrors.NoMeasurementCode("Observation.code.coding"));
        return findings.AreFatal ? new Translation.Rejected(findings.Faults) : Translated(observation, patient!, at, payload, findings);
    }

    private static Translation.Translated Translated(Observation observation, SourceIdentifier patient, DateTimeOffset at, VendorPayload payload, Findings findings)
    {
        var key = observation.Identifier.Where(identifier => identifier.Value is { Length: > 0 }).Select(identifier => $"{identifier.System}|{identifier.Value}").FirstOrDefault();
        // A later version of the same measurement has the same id, so that it replaces the earlier one wherever both are seen.
        observation.Id = DeterministicId.From("observation", key ?? Encoding.UTF8.GetString(payload.Bytes.Span)).ToString("D");
        var isLater = observation.Status is ObservationStatus.Corrected or ObservationStatus.Amended or ObservationStatus.EnteredInError;
        var sourceId = key is not null && isLater ? $"{key}|{observation.StatusElement?.Text}|{observation.IssuedElement?.Text}" : key ?? string.Empty;
        var kind = observation.Status == ObservationStatus.EnteredInError ? Deleted : isLater ? Corrected : New;
        var isDeviating = observation.Interpretation.Any(meaning => ObservationInterpretations.IsDeviating(meaning.CodeIn(ObservationInterpretations.System)));
        return new Translation.Translated(
            new EventEnvelope(sourceId, kind, MunicipalityOrgNo: null, at, patient, Device: null, IsTest: false),
            isDeviating ? Lane.Clinical : Lane.Routine, ServiceCodes.HomeFollowUp, CaseRole.None, [], Freshness.Day, [observation], findings.Repairs)
        {
            NoEntryReason = isDeviating ? null : NoEntry,
        };
    }

    private static SourceIdentifier? PatientOf(Observation observation, Findings findings)
    {
        if (observation.Subject?.Identifier is not { Value: { Length: > 0 } value } identifier)
        {
            findings.Fault(TranslationErrors.NoPatient("Observation.subject.identifier"));
            return null;
        }

        var patient = new SourceIdentifier(Identity.CanonicalSystem(identifier.System), value.Trim());
        if (Identity.IsPersonSystem(patient.System) && !Identity.IsPersonNumber(patient.System, patient.Value))
            findings.Fault(TranslationErrors.IdentityNumber("Observation.subject.identifier.value"));
        return patient;
    }

    private static DateTimeOffset TimeOf(Observation observation, DateTimeOffset receivedAt, Findings findings)
    {
        if (observation.EffectiveTime() is not { } at)
        {
            findings.Fault(TranslationErrors.NotATime("Observation.effective"));
            return receivedAt;
        }

        // A clock that is ahead does not make a measurement newer than its arrival.
        return at > receivedAt ? receivedAt : at;
    }
}
