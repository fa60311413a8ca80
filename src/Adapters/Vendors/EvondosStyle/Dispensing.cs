using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>
/// What came out of the dispenser. Dispensed is not taken: the result is a MedicationDispense, never a statement that the patient has had the medicine.
/// </summary>
internal static class Dispensing
{
    private static readonly Dictionary<string, FhirCode> AtHome = new() { ["self"] = MedicationDispenseEvents.DispensedUnassisted, ["assisted"] = MedicationDispenseEvents.DispensedAssisted };

    private static readonly Dictionary<string, FhirCode> ForTrip = new() { ["self"] = MedicationDispenseEvents.TravelDispensedUnassisted, ["assisted"] = MedicationDispenseEvents.TravelDispensedAssisted };

    public static Func<Outcome> Dispensed(VendorEvent source) => DispensedAs(source, source.Data.Choice("mode", AtHome));

    /// <param name="category">Null only when reading it was a fault.</param>
    public static Func<Outcome> DispensedAs(VendorEvent source, FhirCode? category)
    {
        var dose = Dose.Read(source.Data);
        var dispenser = Dispenser.Read(source.Data);
        var helper = HealthWorker.ReadOrNull(source.Data, "assistedBy");
        return () => Journal(dispenser, Dispense(source, dispenser, category!, $"Planlagt {dose.When}", helper), dose.AboutId) with { Traits = CaseTraits.Outcome };
    }

    public static Func<Outcome> PrnDispensed(VendorEvent source)
    {
        var dispenser = Dispenser.Read(source.Data);
        var reason = source.Data.TextOrNull("reason", charactersMax: 200);
        return () => Journal(dispenser, Dispense(source, dispenser, MedicationDispenseEvents.AsNeededDispensed, reason is null ? null : $"Oppgitt grunn: {reason}", helper: null));
    }

    public static Func<Outcome> TravelDispensed(VendorEvent source) => TravelDispensedAs(source, source.Data.Choice("mode", ForTrip));

    /// <param name="category">Null only when reading it was a fault.</param>
    public static Func<Outcome> TravelDispensedAs(VendorEvent source, FhirCode? category)
    {
        var trip = Trip.Read(source.Data);
        var dispenser = Dispenser.Read(source.Data);
        var helper = HealthWorker.ReadOrNull(source.Data, "assistedBy");
        return () => Journal(dispenser, Dispense(source, dispenser, category!, $"Reise {trip.Period}", helper));
    }

    public static Func<Outcome> MessageAcknowledged(VendorEvent source)
    {
        var dispenser = Dispenser.Read(source.Data);
        var message = UserMessage.Read(source.Data);
        return () => Journal(dispenser, Dispense(source, dispenser, MedicationDispenseEvents.MessageAcknowledged, message.Quote, helper: null));
    }

    private static MedicationDispense Dispense(VendorEvent source, Dispenser dispenser, FhirCode category, string? instruction, HealthWorker? helper)
    {
        var id = source.Id("dispense");
        var dispense = new MedicationDispense
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.MedicationDispense),
            Identifier = [Parts.UuidIdentifier(id)],
            Status = MedicationDispense.MedicationDispenseStatusCodes.Completed,
            Category = category,
            // The robot knows the pouch, not what is in it.
            Medication = new CodeableConcept { Text = "Ukjent medisin" },
            Subject = Parts.Logical(source.Patient),
            Performer = [new() { Actor = dispenser.AsActor() }],
            WhenHandedOverElement = new FhirDateTime(source.OccurredAt),
        };
        if (instruction is { Length: > 0 })
            dispense.DosageInstruction.Add(new() { Text = instruction });
        // The profile wants an identifier for everyone who takes part, so a helper without a number is named in the note.
        if (helper is { HprNumber: not null })
            dispense.Performer.Add(new() { Actor = Parts.Person(helper) });
        else if (helper is not null)
            dispense.Note.Add(new() { Text = $"Assistert av {helper.Name}." });
        if (source.TimeIsUncertain)
            dispense.Note.Add(new() { Text = Words.UncertainTime });
        return dispense;
    }

    /// <summary>What the robot says itself also says that there is contact with it.</summary>
    private static Outcome.Journal Journal(Dispenser dispenser, MedicationDispense dispense, params IReadOnlyList<string> about) =>
        new(Lane.Routine, ServiceCodes.MedicineDispenser, CaseRole.None, [], Freshness.Day, [dispense]) { AboutIds = about, EndsIds = [dispenser.ConditionId(Dispenser.Contact)] };
}
