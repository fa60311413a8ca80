namespace Vkp.Fhir.Codes;

/// <summary>What was detected (DetectedIssue.code). GPS, safety alarm and door lock have a top code only: the detail goes in DetectedIssue.detail.</summary>
public static class AlertCodes
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-alert-code-v090";

    public static readonly FhirCode MedicationSupport = new(System, "1", "Elektronisk medisineringsstøtte");
    public static readonly FhirCode NotDispensed = new(System, "1.1", "Ikke utlevert");
    public static readonly FhirCode DispensePreventedByShortage = new(System, "1.2", "Utlevering forhindret av medisinmangel");
    public static readonly FhirCode DispenseNotConfirmed = new(System, "1.3", "Mangler utleveringsbekreftelse");
    public static readonly FhirCode MessageNotRead = new(System, "1.4", "Melding ikke lest");
    public static readonly FhirCode TechnicalFault = new(System, "1.5", "Teknisk feil (utmating stanset)");
    public static readonly FhirCode PouchNotRead = new(System, "1.6", "Pose ikke lest");
    public static readonly FhirCode RollFault = new(System, "1.7", "Feil ved rull");
    public static readonly FhirCode RollStuck = new(System, "1.8", "Rull sitter fast");
    public static readonly FhirCode DrawerFull = new(System, "1.9", "Full skuff");
    public static readonly FhirCode MedicationWaiting = new(System, "1.10", "Medisin venter");
    public static readonly FhirCode TooLittleForTravel = new(System, "1.11", "Mangler tilstrekkelig mengde medisin (reise)");
    public static readonly FhirCode MedicationRunningOut = new(System, "1.12", "Snart tomt for medisin");
    public static readonly FhirCode MedicationEmpty = new(System, "1.13", "Tomt for medisin");
    public static readonly FhirCode ScheduleMissing = new(System, "1.14", "Mangler tidsplan");
    public static readonly FhirCode MedicationPlanChanged = new(System, "1.15", "Endringskontroll av medisinplan");
    public static readonly FhirCode RollHandled = new(System, "1.16", "Rull behandlet");
    public static readonly FhirCode BatteryLow = new(System, "1.17", "Batteri lavt");
    public static readonly FhirCode BatteryEmpty = new(System, "1.18", "Batteri tomt");
    public static readonly FhirCode PowerDisconnected = new(System, "1.19", "Ikke tilkoblet strøm");
    public static readonly FhirCode NoContact = new(System, "1.20", "Ingen kontakt");
    public static readonly FhirCode DispenserOpen = new(System, "1.21", "Dispenser åpen");
    public static readonly FhirCode BreakIn = new(System, "1.22", "Innbrudd");
    public static readonly FhirCode DosetteMisplaced = new(System, "1.23", "Dosett feilplassert");
    public static readonly FhirCode Localisation = new(System, "2", "Lokaliseringsteknologi");
    public static readonly FhirCode SafetyAlarm = new(System, "3", "Trygghetsalarm");
    public static readonly FhirCode DigitalSupervision = new(System, "4", "Digitalt tilsyn");
    public static readonly FhirCode Fall = new(System, "4.1", "Fall");
    public static readonly FhirCode LeftBed = new(System, "4.2", "Forlatt sengen");
    public static readonly FhirCode SatUpInBed = new(System, "4.3", "Satt seg opp seng");
    public static readonly FhirCode RoseFromChair = new(System, "4.4", "Reist seg fra stol");
    public static readonly FhirCode EnteredRoom = new(System, "4.5", "Kommet inn rom");
    public static readonly FhirCode LeftRoom = new(System, "4.6", "Forlatt rom");
    public static readonly FhirCode UnexpectedlyLongStay = new(System, "4.7", "Uventet langt opphold");
    public static readonly FhirCode ActivityInRoom = new(System, "4.8", "Aktivitet rom");
    public static readonly FhirCode Inactivity = new(System, "4.9", "Inaktivitet");
    public static readonly FhirCode LoudNoise = new(System, "4.10", "Høyt lydnivå");
    public static readonly FhirCode FireAlarm = new(System, "4.11", "Brannalarm");
    public static readonly FhirCode Absence = new(System, "4.12", "Fravær");
    public static readonly FhirCode ButtonPressed = new(System, "4.13", "Knappetrykk");
    public static readonly FhirCode CordPulled = new(System, "4.14", "Snortrekk");
    public static readonly FhirCode DoorOpened = new(System, "4.15", "Dør åpnet");
    public static readonly FhirCode DoorClosed = new(System, "4.16", "Dør lukket");
    public static readonly FhirCode WaterAlarm = new(System, "4.17", "Vannalarm");
    public static readonly FhirCode Movement = new(System, "4.18", "Bevegelse");
    public static readonly FhirCode MissingMovement = new(System, "4.19", "Manglende bevegelse");
    public static readonly FhirCode LayDownInBed = new(System, "4.20", "Lagt seg seng");
    public static readonly FhirCode LeftHome = new(System, "4.21", "Forlatt bolig");
    public static readonly FhirCode CallToUserFailed = new(System, "4.22", "Mislykket brukeranrop");
    public static readonly FhirCode InactivityInBathroom = new(System, "4.23", "Inaktivitet bad");
    public static readonly FhirCode Epilepsy = new(System, "4.24", "Epilepsi");
    public static readonly FhirCode EventBasedCamera = new(System, "4.25", "Hendelsesbasert kameratilsyn");
    public static readonly FhirCode PlannedCamera = new(System, "4.26", "Planlagt kameratilsyn");
    public static readonly FhirCode HomeFollowUp = new(System, "5", "Digital hjemmeoppfølging");
    public static readonly FhirCode SummarisingAlert = new(System, "5.1", "Oppsummerende varsel");
    public static readonly FhirCode ActionDone = new(System, "5.2", "Handling utført");
    public static readonly FhirCode MeasurementReported = new(System, "5.2.1", "Måledata rapportert");
    public static readonly FhirCode FormAnswered = new(System, "5.2.2", "Skjemabesvarelse");
    public static readonly FhirCode OtherActionDone = new(System, "5.2.3", "Annen handling utført");
    public static readonly FhirCode InactivePatient = new(System, "5.3", "Inaktiv pasient");
    public static readonly FhirCode FormAnswerMissing = new(System, "5.3.1", "Manglende skjemabesvarelse");
    public static readonly FhirCode MeasurementNotReported = new(System, "5.3.2", "Måling ikke rapportert");
    public static readonly FhirCode ElectronicDoorLock = new(System, "6", "Elektronisk dørlås");
    public static readonly FhirCode NurseCall = new(System, "7", "Sykesignalanlegg");
    public static readonly FhirCode Incontinence = new(System, "7.1", "Inkontinens");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(AlertCodes)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
