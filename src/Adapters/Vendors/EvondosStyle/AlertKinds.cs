using Vkp.Adapters.Composing;
using Vkp.Fhir.Codes;
using static Vkp.Fhir.Model.DetectedIssue.DetectedIssueSeverity;
using Severity = Vkp.Fhir.Model.DetectedIssue.DetectedIssueSeverity;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>The kinds of alert of a dispenser.</summary>
internal static class AlertKinds
{
    public static AlertKind Unconfirmed { get; } = new(AlertCodes.DispenseNotConfirmed, Moderate, Lane.Clinical, facts => $"Ukjent om dose {facts.Dose!.When} er utlevert: dispenseren hadde ikke kontakt.")
    {
        NeedsDose = true, Traits = CaseTraits.Provisional | CaseTraits.Unknown, IsFromDevice = false,
    };

    public static AlertKind NotDispensed { get; } = new(AlertCodes.NotDispensed, High, Lane.Clinical, facts => $"Dose {facts.Dose!.When} ikke utlevert{facts.Dose.Deadline}.")
    {
        NeedsDose = true, Traits = CaseTraits.Provisional, WhenOffline = Unconfirmed,
    };

    public static AlertKind BlockedNoMedicine { get; } = new(AlertCodes.DispensePreventedByShortage, High, Lane.Clinical, facts => $"Dose {facts.Dose!.When} ikke utlevert: dispenseren mangler medisin.")
    {
        NeedsDose = true, Traits = CaseTraits.Provisional,
    };

    public static AlertKind MessageNotRead { get; } = new(AlertCodes.MessageNotRead, Low, Lane.Clinical, facts => facts.Message!.Quote) { NeedsMessage = true };

    public static AlertKind PouchUnreadable { get; } = Says(AlertCodes.PouchNotRead, Moderate, "Utleveringen er stanset.");

    public static AlertKind RollFault { get; } = Says(AlertCodes.RollFault, Moderate, "Utleveringen er stanset.");

    public static AlertKind RollJammed { get; } = Says(AlertCodes.RollStuck, Moderate, "Utleveringen er stanset.");

    public static AlertKind DrawerFull { get; } = Says(AlertCodes.DrawerFull, Moderate, "Skuffen for poser som ikke er utlevert, er full.");

    public static AlertKind StockLow { get; } = Says(AlertCodes.MedicationRunningOut, Low);

    public static AlertKind StockEmpty { get; } = Says(AlertCodes.MedicationEmpty, High);

    public static AlertKind NotEnoughForTrip { get; } = new(AlertCodes.TooLittleForTravel, Low, Lane.Clinical, facts => $"Reise {facts.Trip!.Period}.") { NeedsTrip = true };

    public static AlertKind ScheduleMissing { get; } = Says(AlertCodes.ScheduleMissing, High);

    public static AlertKind ScheduleChanged { get; } = Says(AlertCodes.MedicationPlanChanged, Moderate, "Apoteket har endret medisinplanen; endringen må kontrolleres.");

    public static AlertKind DeviceFault { get; } = Says(AlertCodes.TechnicalFault, High);

    /// <summary>Off line at a dose time is an unknown dose, never a missed one: the backlog tells when contact is back.</summary>
    public static AlertKind Offline { get; } = Says(AlertCodes.NoContact, Moderate, technical: true) with { WithDose = Unconfirmed, Condition = Dispenser.Contact, IsFromDevice = false };

    public static AlertKind PowerLost { get; } = Says(AlertCodes.PowerDisconnected, Low, technical: true) with { Condition = Dispenser.Power };

    public static AlertKind BatteryLow { get; } = Says(AlertCodes.BatteryLow, Low, technical: true);

    public static AlertKind BatteryEmpty { get; } = Says(AlertCodes.BatteryEmpty, Moderate, technical: true);

    public static AlertKind LidOpen { get; } = Says(AlertCodes.DispenserOpen, Moderate);

    public static AlertKind Tampered { get; } = Says(AlertCodes.BreakIn, High, "Tegn til at noen har brutt opp dispenseren.");

    public static AlertKind CassetteMisplaced { get; } = Says(AlertCodes.DosetteMisplaced, Moderate);

    private static AlertKind Says(FhirCode code, Severity severity, string sentence = "", bool technical = false) =>
        new(code, severity, technical ? Lane.Routine : Lane.Clinical, _ => sentence) { Traits = technical ? CaseTraits.Technical : CaseTraits.None };
}
