namespace Vkp.Adapters.Errors;

/// <summary>
/// The errors of translation, 260 to 299 (201 to 259 are the FHIR room's own): what can be wrong with a message that is being translated. One factory per code; a code is permanent and is never used for
/// anything else. No factory takes a value out of the message: values may hold personal data, so an error names the place and the rule instead.
/// </summary>
public static class TranslationErrors
{
    // 260-279: form. The bytes are not what the vendor's format says.

    /// <param name="line">Counted from 1; null when the reader could not say.</param>
    public static VkpError NotJson(long? line) => new(
        "VKP-260", ErrorCategory.Incorrect,
        line is null ? "The body is not readable JSON." : $"The body is not readable JSON; reading stopped at line {line}.",
        "Send one complete JSON object in UTF-8 without byte order mark, at most 32 levels deep, with each member name at most once in an object.");

    public static VkpError Missing(string path) => new(
        "VKP-261", ErrorCategory.Incorrect, "A required member is missing.", "Add the member; the JSON Schema of the event says what it holds.", path);

    /// <param name="expected">`text`, `a whole number`, `an object`.</param>
    public static VkpError WrongType(string path, string expected, string actual) => new(
        "VKP-262", ErrorCategory.Incorrect, $"Expected {expected}, got {actual}.", "Send the member with the type that the JSON Schema of the event says.", path);

    public static VkpError TextLength(string path, int charactersMax) => new(
        "VKP-263", ErrorCategory.Incorrect, $"The text is empty or longer than {charactersMax} characters.", "Shorten the text, or leave out an optional member that has no value.", path);

    public static VkpError TextForm(string path, string expected) => new(
        "VKP-264", ErrorCategory.Incorrect, $"The text has the wrong form; expected {expected}.", "Send the text in the form that the JSON Schema of the event says.", path);

    public static VkpError NotATime(string path) => new(
        "VKP-265", ErrorCategory.Incorrect, "Not a time with offset.",
        "Send an RFC 3339 time with its offset between the years 1900 and 2200, such as 2026-05-11T09:30:00+02:00; a local time without offset is ambiguous at the clock change.", path);

    public static VkpError NotAllowed(string path, IEnumerable<string> allowed) => new(
        "VKP-266", ErrorCategory.Incorrect, "The value is not one of those allowed here.", $"Use one of: {string.Join(", ", allowed)}.", path);

    public static VkpError OutOfRange(string path, string range) => new(
        "VKP-267", ErrorCategory.Incorrect, $"The number is outside {range}.", "Send a number within the range; correct the value at its source if it is wrong there.", path);

    public static VkpError TooMany(string path, int itemsMax) => new(
        "VKP-268", ErrorCategory.Incorrect, $"The list is empty or has more than {itemsMax} items.", "Send at least one item, and split the message if there are more than the limit.", path);

    public static VkpError IdentityNumber(string path) => new(
        "VKP-269", ErrorCategory.Incorrect, "The national identity number is not valid for its type: wrong length or wrong control digits.",
        "Correct the number in the vendor's system and send the event again with a new event id.", path);

    public static VkpError OrganisationNumber(string path) => new(
        "VKP-270", ErrorCategory.Incorrect, "Not an organisation number: nine digits are expected.",
        "Send the organisation number of the municipality's main unit.", path);

    public static VkpError MoreFaults(int reportedMax) => new(
        "VKP-271", ErrorCategory.Incorrect, $"More than {reportedMax} faults; the rest is not listed.", "Correct the faults that are listed and send again.");

    public static VkpError Contradiction(string path, string rule) => new(
        "VKP-272", ErrorCategory.Incorrect, $"Two members contradict each other: {rule}.", "Correct the member that is wrong.", path);

    // 280-289: well-formed, but it cannot be placed. The message is held.

    public static VkpError UnknownEventType(string vendor, string eventType) => new(
        "VKP-280", ErrorCategory.Incorrect, $"The translator '{vendor}' does not know the event type '{eventType}'.",
        "The message is kept. The vendor tells what the event means; it is translated when the catalogue has it ('vkp held release').", "$.eventType");

    public static VkpError UnknownSchemaVersion(string vendor, string major) => new(
        "VKP-281", ErrorCategory.Incorrect, $"The translator '{vendor}' reads schema version {major}, and the message has another.",
        "The message is kept. Upgrade the hub to a version that reads it, or send the version named here.", "$.schemaVersion");

    public static VkpError UnknownService(string path) => new(
        "VKP-282", ErrorCategory.Incorrect, "Nothing in the message says which service it belongs to: no known alert code, dispense code or category.",
        "The message is kept. Send a code of vkp-alert-code-v090 or vkp-composition-category-v090.", path);

    public static VkpError NoPatient(string path) => new(
        "VKP-283", ErrorCategory.Incorrect, "No patient is identified in the message.",
        "The message is kept. Send the patient's identifier with system and value as the logical reference of the main resource.", path);

    public static VkpError Implausible(string path, string rule) => new(
        "VKP-284", ErrorCategory.Incorrect, $"The value is implausible: {rule}.",
        "The message is kept. A person compares it with the device and releases or rejects it ('vkp held show').", path);

    public static VkpError UnitMixUp(string path, string rule) => new(
        "VKP-285", ErrorCategory.Incorrect, $"The unit is probably wrong: {rule}.",
        "The message is kept. Check the unit setting of the device; send the corrected measurement with a new event id.", path);

    public static VkpError UnknownUnit(string path, string known) => new(
        "VKP-286", ErrorCategory.Incorrect, $"The unit is unknown for this kind of measurement; known: {known}.",
        "The message is kept. Send one of the known units.", path);

    public static VkpError SharedDevice(string path) => new(
        "VKP-287", ErrorCategory.Incorrect, "The measurement comes from a device that several people use, so nobody knows for certain whose it is.",
        "The message is kept. A person confirms whose measurement it is and releases it ('vkp held release'), or rejects it.", path);

    // FHIR in. What the FHIR room itself finds keeps the code it gave (201-259).

    public static VkpError NotADocument(string got) => new(
        "VKP-273", ErrorCategory.Incorrect, $"Expected a Bundle of type document, or one of its resources alone; got {got}.",
        "Wrap the Composition and the resources it names in a Bundle of type document.");

    public static VkpError EmptyBundle() => new(
        "VKP-274", ErrorCategory.Incorrect, "The Bundle holds no resource.", "Send the Composition and the resources it names as entries.", "Bundle.entry");

    // XML in.

    /// <param name="line">Counted from 1; null when the reader could not say.</param>
    public static VkpError NotXml(int? line) => new(
        "VKP-276", ErrorCategory.Incorrect,
        line is null ? "The body is not readable XML." : $"The body is not readable XML; reading stopped at line {line}.",
        "Send one well-formed document without DOCTYPE, entities or processing instructions, encoded in UTF-8.");

    public static VkpError XmlTag(string path, string expected) => new(
        "VKP-277", ErrorCategory.Incorrect, $"The tag is missing, repeated or has the wrong form; expected {expected}.", "Send the tag in the form that the device protocol says.", path);

    // Measurements.

    public static VkpError NotAnObservation(string got) => new(
        "VKP-275", ErrorCategory.Incorrect, $"Expected an Observation, got {got}.", "Send measurements only; documents go to the VKP or JFT address.", "resourceType");

    public static VkpError NoMeasurementCode(string path) => new(
        "VKP-278", ErrorCategory.Incorrect, "The measurement has no code of LOINC, SNOMED CT or NPU/NLK, so nobody can tell what was measured.",
        "Send a coding of one of these systems, LOINC where there is one.", path);

    // 290-299: repairs. The message is translated; the sender is told what was put right.

    public static VkpError ClockAhead(string path) => new(
        "VKP-290", ErrorCategory.Incorrect, "The event time lies more than 5 minutes in the future; the time the hub took the message is used, and the text says that the device time is uncertain.",
        "Check the clock of the device or of the sending system.", path);

    public static VkpError ClockShifted(string path) => new(
        "VKP-291", ErrorCategory.Incorrect, "The sender's clock is ahead by more than 5 minutes; the event time is shifted by the difference.",
        "Synchronise the clock of the sending system.", path);

    public static VkpError CharactersRemoved(string path) => new(
        "VKP-292", ErrorCategory.Incorrect, "Control characters were removed from the text.", "Send text without control characters other than tab and line breaks.", path);

    public static VkpError SpaceTrimmed(string path) => new(
        "VKP-293", ErrorCategory.Incorrect, "Space around the value was removed.", "Send the value without space before or after it.", path);

    public static VkpError FullUrlReplaced(string path) => new(
        "VKP-294", ErrorCategory.Incorrect, "The entry has no full url of the form urn:uuid; one was derived and the references to the entry were changed with it.",
        "Give every entry a fullUrl of the form urn:uuid and use it in references.", path);

    public static VkpError NarrativeRewritten(string path) => new(
        "VKP-296", ErrorCategory.Incorrect, "The narrative holds something that FHIR does not allow in one; it was written anew from its words.",
        "Send narrative with the elements and attributes that FHIR allows: no scripts, styles, links, images or forms.", path);

    public static VkpError OldSystem(string path) => new(
        "VKP-297", ErrorCategory.Incorrect, "The identifier has the older name of a national identifier system; the published one was put in its place.",
        "Send the OID as the system, such as urn:oid:2.16.578.1.12.4.1.4.1 for a fødselsnummer.", path);

    public static VkpError KindUnknown(string path) => new(
        "VKP-295", ErrorCategory.Incorrect, "The kind of alarm is unknown; the general code is used and the sender's word for it stands in the text.",
        "Tell the hub's operator what the kind means, so that it gets a code of its own.", path);
}
