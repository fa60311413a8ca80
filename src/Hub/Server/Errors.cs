using Vkp.Adapters;

namespace Vkp.Hub;

/// <summary>The errors the hub itself raises. Codes are permanent: a retired code is never used again.</summary>
public static class Errors
{
    // 1xx: faces and intake

    public static VkpError BodyTooLarge(long limitBytes) => new(
        "VKP-101", ErrorCategory.Incorrect, $"The body is larger than {limitBytes} bytes.",
        "Send large attachments as links, or split the batch.");

    public static VkpError NotUtf8(long offset) => new(
        "VKP-102", ErrorCategory.Incorrect, $"The body is not valid UTF-8 (first wrong byte at offset {offset}).",
        "Encode the body as UTF-8 without byte order mark.");

    public static VkpError EmptyBody() => new(
        "VKP-103", ErrorCategory.Incorrect, "The body is empty.", "Post one event, or an array of events.");

    public static VkpError NotJson(string problem, string path) => new(
        "VKP-104", ErrorCategory.Incorrect, $"The body is not JSON the hub can read: {problem}.",
        "Check the JSON with any parser; names must be unique and nesting at most 32 levels.", path);

    public static VkpError UnknownVendor(string vendor) => new(
        "VKP-105", ErrorCategory.NotFound, $"No vendor format is named '{vendor}'.",
        "The known names are the folders of contracts/vendors.");

    public static VkpError BatchTooLong(int count, int limit) => new(
        "VKP-106", ErrorCategory.Incorrect, $"The batch has {count} events; at most {limit} are taken at once.", "Split the batch.");

    public static VkpError BadRequest() => new(
        "VKP-107", ErrorCategory.Incorrect, "The request is not well-formed HTTP, or its body came too slowly.", "Send the same event again.");

    public static VkpError OtherResourceType(string expected) => new(
        "VKP-108", ErrorCategory.Incorrect, $"The body is another kind of resource than this address takes, which is {expected}.",
        "Post each kind of resource to the address of its name; several together as a Bundle.", "resourceType");

    /// <param name="expected">What would be right, in words.</param>
    public static VkpError BadParameter(string name, string expected) => new(
        "VKP-109", ErrorCategory.Incorrect, $"The parameter '{name}' is not usable; expected {expected}.", "Correct the parameter, or leave it out.", name);

    public static VkpError SourceIdReused(Guid messageId) => new(
        "VKP-110", ErrorCategory.Conflict, $"This id was used before with other content; the first is message '{messageId}'. The new content is kept in quarantine and goes nowhere.",
        "Send a correction under an id of its own. The municipality sees the quarantined content with 'vkp held'.");

    public static VkpError OtherMunicipality(string named, string orgNo) => new(
        "VKP-111", ErrorCategory.Forbidden, $"The event names municipality '{named}', the access token is for '{orgNo}'.",
        "Use the client that belongs to the municipality the event is about.", "tenant.municipalityOrgNo");

    public static VkpError NoPatient() => new(
        "VKP-112", ErrorCategory.Incorrect, "The message says neither which patient nor which assigned device it is about.",
        "Vendor: name the patient. Municipality: assign the device to a patient ('vkp config apply'), then 'vkp held release'.");

    public static VkpError UnknownDevice(string deviceKey) => new(
        "VKP-113", ErrorCategory.Incorrect, $"The device {deviceKey} is assigned to nobody at the time of the event.",
        "Municipality: assign the device to a patient ('vkp config apply'), then 'vkp held release'. The vendor need not send again.");

    public static VkpError DeviceOfAnother(string deviceKey) => new(
        "VKP-114", ErrorCategory.Incorrect, $"The device {deviceKey} is assigned to another patient than the one the event names.",
        "Municipality: correct the assignment, then 'vkp held release'; or reject the message back to the vendor.");

    public static VkpError NoActiveService(string serviceCode) => new(
        "VKP-115", ErrorCategory.Incorrect, $"The patient has no active service {serviceCode} at the time of the event.",
        "Municipality: register the service ('vkp config apply'), then 'vkp held release'.");

    public static VkpError NoServiceAtJournal(string serviceCode) => new(
        "VKP-131", ErrorCategory.Incorrect, $"The journal system says that the patient has no active service {serviceCode}.",
        "Municipality: register the service in the journal system; the message then goes on by itself within minutes. Vendor: nothing, or end the service at your side.");

    public static VkpError ServiceNotKnown(string serviceCode) => new(
        "VKP-132", ErrorCategory.Unavailable, $"The journal system could not be asked whether the patient has the service {serviceCode}.",
        "Nothing: the message goes on by itself when the journal system answers. If it lasts, operations check the journal system ('vkp status').");

    public static VkpError ServiceNotOfClient(string clientId, string serviceCode) => new(
        "VKP-133", ErrorCategory.Incorrect, $"The municipality does not let the client '{clientId}' report events of the service {serviceCode}.",
        "Municipality: add the service to the client's 'reports' ('vkp config apply'); the message then goes on by itself. Or reject it back to the vendor.");

    public static VkpError TestInProduction() => new(
        "VKP-116", ErrorCategory.Incorrect, "The event is about a synthetic person or marked as test, and this hub is in production.",
        "Send test events to the test environment.");

    public static VkpError NoDestination(string orgNo) => new(
        "VKP-117", ErrorCategory.Incorrect, $"Municipality '{orgNo}' has no journal system registered.",
        "Municipality: register a destination ('vkp config apply'), then 'vkp held release'.");

    public static VkpError NoSuchMessage(string id) => new(
        "VKP-120", ErrorCategory.NotFound, $"No message has the id '{id}' here.",
        "Use the id of the Location header, or the event's own id with 'vkp trace'.");

    public static VkpError NotHeld(Guid messageId, string state) => new(
        "VKP-121", ErrorCategory.Conflict, $"Message '{messageId}' is not held; it is {state}.", "See 'vkp trace' for where it is.");

    public static VkpError QuarantineStays(Guid messageId) => new(
        "VKP-122", ErrorCategory.Conflict, $"Message '{messageId}' is quarantined: another content was sent first under its id.",
        "It is never routed. Ask the vendor to send it under an id of its own.");

    public static VkpError NothingToRelease(Guid messageId) => new(
        "VKP-123", ErrorCategory.Conflict, $"Today's translation of message '{messageId}' has nothing to journal.", "Leave it held, or reject it back to the vendor.");

    public static VkpError CorrectsItself(Guid messageId) => new(
        "VKP-124", ErrorCategory.Conflict, $"The correction is message '{messageId}' itself: it has the same id.",
        "Give the correction an identifier of its own, or a later timestamp, and post it again.");

    public static VkpError NotABatch() => new(
        "VKP-125", ErrorCategory.Incorrect, "The Bundle is not of type batch.", "Send measurements as a Bundle of type batch, one entry for each Observation.", "Bundle.type");

    public static VkpError BadBatchEntry(string path, string expected) => new(
        "VKP-126", ErrorCategory.Incorrect, $"The entry lacks something; expected {expected}.", "Correct the entry and send it again; the others of the batch are not affected.", path);

    public static VkpError NotAForm() => new(
        "VKP-127", ErrorCategory.Incorrect, "The body of the search is not a form.", "Send the parameters as application/x-www-form-urlencoded.");

    /// <summary>The name is not repeated: a caller that confuses names and values could have put a person there.</summary>
    public static VkpError UnknownParameter(string known) => new(
        "VKP-128", ErrorCategory.Incorrect, $"A parameter is unknown here; known: {known}.", "Leave it out: a filter that is not applied would give an answer nobody asked for.");

    public static VkpError TranslationInvalid(string rule, string where) => new(
        "VKP-118", ErrorCategory.Fault, $"What the translation made of the message does not keep its own profile: {rule}.",
        "The hub's maintainers correct the translation; the message is kept, and goes on with 'vkp held release' after the upgrade.", where);

    public static VkpError HeldReasonNeedsPerson(Guid messageId, string code) => new(
        "VKP-129", ErrorCategory.Conflict, $"Message '{messageId}' is held because a value is doubtful ({code}).",
        "Look at it with 'vkp trace'; if it is right, 'vkp held release --confirm'; else 'vkp held reject'.");

    public static VkpError RealPersonInTest() => new(
        "VKP-130", ErrorCategory.Incorrect, "The message is about a person whose identity number is not synthetic, and this hub is not in production. Nothing was stored.",
        "Send synthetic people to a test environment (Tenor, or the health network's series); real people to production only.");

    // 3xx: store (its own faults carry their codes with them)

    public static VkpError OfStore(EventStore.StoreException fault) => new(
        fault.Code, fault.RetryAfter is null ? ErrorCategory.Fault : ErrorCategory.Unavailable,
        "The store could not take the message.", "Send the same event again; if it was stored after all, the answer will be the stored one.");

    /// <param name="documents">How many of those asked for.</param>
    public static VkpError ContentDeleted(int documents) => new(
        "VKP-326", ErrorCategory.NotFound, $"The content of {documents} document(s) was deleted by the municipality and cannot be given any more.",
        "What is known of them besides, and the receipt of the deletion, the municipality's integration staff can tell ('vkp trace').");

    public static VkpError DatabaseAway() => new(
        "VKP-391", ErrorCategory.Unavailable, "The database does not answer, so the hub cannot promise to keep the message.",
        "Send the same event again; if it was stored after all, the answer will be the stored one.");

    // 4xx: routing and registry

    public static VkpError UnknownSubscription(string name, string orgNo) => new(
        "VKP-405", ErrorCategory.NotFound, $"There is no subscription '{name}' for municipality '{orgNo}'.", "See 'vkp status' for the subscriptions.");

    public static VkpError UnknownMunicipality(string orgNo) => new(
        "VKP-401", ErrorCategory.NotFound, $"No municipality with organisation number '{orgNo}' is registered.",
        "Check the number in the address; the hub's operator registers municipalities with 'vkp config apply'.");

    public static VkpError ConfigurationInvalid(string problem, string path) => new(
        "VKP-402", ErrorCategory.Incorrect, $"The configuration cannot be used: {problem}.", "Correct the file and run 'vkp config plan' again.", path);

    public static VkpError ConfigurationMoved(string orgNo) => new(
        "VKP-403", ErrorCategory.Conflict, $"The configuration of '{orgNo}' was changed by someone else meanwhile.", "Run 'vkp config plan' again and look at the changes.");

    public static VkpError UnknownDestination(string orgNo, string name) => new(
        "VKP-404", ErrorCategory.NotFound, $"Municipality '{orgNo}' has no destination '{name}'.", "See 'vkp status' for the destinations.");

    public static VkpError WouldOrphan(string orgNo, string what, long count, string left) => new(
        "VKP-406", ErrorCategory.Conflict, $"The file would take {what} away from municipality '{orgNo}', which has {count} {left}.",
        "Let them come to an end first, hand them over ('vkp handover'), or withdraw or reject them ('vkp dead-letters', 'vkp held'). A system that must be shut out now is, with --leave-open: then they wait until it is named again.");

    public static VkpError UnknownPatientStream(string path) => new(
        "VKP-407", ErrorCategory.Incorrect, "The file names a patient by a stream that the municipality's configuration does not know.",
        "Take streams from 'vkp config export' of this municipality at this hub, and name a new patient by identifiers.", path);

    public static VkpError LookUpNotOffered(string resourceType) => new(
        "VKP-408", ErrorCategory.NotFound, $"The municipality's journal system offers no look-up of {resourceType}.", "Ask the municipality which look-ups its journal system offers.");

    // 5xx: delivery (what an EPJ answered has its codes with the EPJ adapters)

    public static VkpError DestinationGone(string destination) => new(
        "VKP-591", ErrorCategory.Unavailable, $"The destination '{destination}' is no longer registered, or its adapter is unknown.",
        "Municipality: register it again, or withdraw its deliveries. They wait until then.");

    public static VkpError DestinationPaused(string destination) => new(
        "VKP-592", ErrorCategory.Unavailable, $"The destination '{destination}' is paused by the municipality.", "Ask again later; everything waits in order.");

    // 52x: delivery through a queue

    public static VkpError NoSubscriber(string destination) => new(
        "VKP-520", ErrorCategory.Unavailable, $"No endpoint of '{destination}' has subscribed to DocumentReady, so the message waits here rather than vanish there.",
        "The journal system starts its endpoint once with its installers on; the message then goes by itself.");

    public static VkpError QueueFull(string destination, int depthMax) => new(
        "VKP-521", ErrorCategory.Unavailable, $"{depthMax} messages wait for the endpoint of '{destination}'; the rest waits in the hub, in order. Alarms go on.",
        "The journal system sees why its endpoint does not keep up.");

    public static VkpError PlaceOfAnother(string destination) => new(
        "VKP-522", ErrorCategory.Unavailable, $"The schema or virtual host of '{destination}' belongs to another destination; topics carry no municipality, so nothing is published there.",
        "The operator gives each destination a schema and role, or a virtual host, of its own ('vkp config apply').");

    public static VkpError AddressOutside(string destination) => new(
        "VKP-523", ErrorCategory.Unavailable, $"A subscription of '{destination}' names a queue outside the destination's own schema, so nothing is published.",
        "The journal system corrects its row in the routing table, or the operator finds out who wrote it.");

    /// <param name="code">The transport's own code; its text is not repeated, it may hold anything.</param>
    public static VkpError TransportUnusable(string destination, string code) => new(
        "VKP-524", ErrorCategory.Unavailable, $"The queue of '{destination}' cannot be used ({code}).",
        "The operator compares user, rights and names with contracts/messages; the message is tried again by itself.");

    public static VkpError DocumentInOwnDatabase(string destination) => new(
        "VKP-525", ErrorCategory.Unavailable, $"'{destination}' asks for whole documents through the hub's own database, where they would stand unsealed.",
        "The operator names a transport database outside the hub's, or sets 'body: ids'.");

    public static VkpError QueueNumbersRunOut(string destination, long last) => new(
        "VKP-526", ErrorCategory.Unavailable, $"The queue table of '{destination}' has used {last} of its 2147483647 row numbers; after the last one it takes no message.",
        "The journal system empties the queue, stops its endpoint and restarts the numbers ('alter sequence ... restart'), or moves to a new queue.");

    public static VkpError TransportNotAllowed(string destination) => new(
        "VKP-527", ErrorCategory.Unavailable, $"The queue of '{destination}' is at an address that the hub may not connect to.",
        "The operator names its network with '--allow-network', for the municipality, if it is the right address; the message is tried again by itself.");

    // 6xx: acknowledgement (why a journal system rejects a document has its codes with the Acknowledgement room)

    public static VkpError UnknownRejection(IEnumerable<string> known) => new(
        "VKP-601", ErrorCategory.Incorrect, "The rejection has no reason that the hub knows.",
        $"Send Parameters with one parameter 'reason', a valueCode of: {string.Join(", ", known)}.", "Parameters.parameter.where(name='reason').value");

    public static VkpError AnsweredOtherwise(Guid messageId, string state, string? code) => new(
        "VKP-602", ErrorCategory.Conflict, $"Message '{messageId}' is {state}{(code is null ? "" : $" ({code})")} already.",
        "A person decides which answer holds: 'vkp dead-letters' for what was rejected, a correction by its sender for what is journaled.");

    public static VkpError AnswerUnreadable(string problem) => new(
        "VKP-603", ErrorCategory.Incorrect, $"An answer in a queue cannot be used: {problem}.",
        "The journal system compares it with contracts/messages and sends it again; until then the document counts as not answered.");

    public static VkpError SubscriptionInvalid(string problem, string path) => new(
        "VKP-630", ErrorCategory.Incorrect, $"The subscription cannot be used: {problem}.", "Correct it and send it again; the page of the Notifications room has an example.", path);

    public static VkpError NoSuchSubscription(string id) => new(
        "VKP-631", ErrorCategory.NotFound, $"This client has no subscription '{id}'.", "GET /fhir/Subscription lists those it has.");

    /// <summary>The address is not repeated: it may hold a secret.</summary>
    public static VkpError EndpointNotApproved(string destination) => new(
        "VKP-632", ErrorCategory.Forbidden, $"The municipality has not approved the endpoint for '{destination}', or no longer.",
        $"Municipality: name the beginning of the address in the destination's setting '{Registry.ApprovedEndpoints.Setting}' ('vkp config apply').", "Subscription.channel.endpoint");

    public static VkpError SubscriberGone(string destination) => new(
        "VKP-633", ErrorCategory.Forbidden, $"The client is no longer the one that fetches for '{destination}'.", "Municipality: correct the destination's setting 'client', or have the subscription deleted.");

    public static VkpError EndpointAnswered(int status) => new(
        "VKP-634", ErrorCategory.Unavailable, $"The endpoint answered HTTP {status}.", "Journal system: answer 2xx once the notification is stored. The hub tries again, in order, for as long as the subscription stands.");

    public static VkpError EndpointSilent(string why) => new(
        "VKP-635", ErrorCategory.Unavailable, $"The endpoint could not be reached, or its answer not be read: {why}.", "Journal system: see that the endpoint answers in time. The hub tries again, in order, for as long as the subscription stands.");

    public static VkpError TooManySubscriptions(int limit) => new(
        "VKP-636", ErrorCategory.Conflict, $"The journal system has {limit} subscriptions, which is the most.", "Change or delete one of those that GET /fhir/Subscription lists.");

    // 7xx: trace, replay and audit

    public static VkpError PurposeMissing() => new(
        "VKP-701", ErrorCategory.Incorrect, "What is asked for can only be found by opening messages, and no purpose is given.",
        "Say why you look with '--purpose'; it is kept beside your name on every message that is opened.", "purpose");

    /// <summary>The number is not repeated.</summary>
    public static VkpError NoIdentityNumber() => new(
        "VKP-702", ErrorCategory.Incorrect, "What was given is no valid national identity number.", "Type the eleven digits again; for another kind of identifier name its system.", "patient");

    public static VkpError NothingAsked() => new(
        "VKP-703", ErrorCategory.Incorrect, "It is not said what to trace.", "Name a message, a case, a patient, a device, or a time span with both its ends.");

    /// <summary>What was asked for is not repeated: it may be a person.</summary>
    public static VkpError NothingFound() => new(
        "VKP-705", ErrorCategory.NotFound, "No message fits what was asked for.", "Check the spelling and the time span; '--tenant' narrows to one municipality and should then be the right one.");

    public static VkpError UnknownForm(string parameter, string known) => new(
        "VKP-704", ErrorCategory.Incorrect, $"The value of '{parameter}' is none of: {known}.", "Choose one of them.", parameter);

    public static VkpError UnknownReplay(Guid id) => new(
        "VKP-711", ErrorCategory.NotFound, $"There is no replay '{id}' of this municipality.", "See 'vkp replay status'.");

    public static VkpError ReplayNotSo(Guid id, string state, string act) => new(
        "VKP-712", ErrorCategory.Conflict, $"Replay '{id}' is {state}, so '{act}' does nothing.", "See 'vkp replay status'; plan a new one if it has ended.");

    public static VkpError SecondPersonNeeded(Guid id, string author) => new(
        "VKP-713", ErrorCategory.Conflict, $"'{id}' was planned by '{author}', who cannot approve it too.", "Ask somebody else to look at it and approve it: what is written into a journal cannot be unwritten.");

    public static VkpError NotApproved(Guid id) => new(
        "VKP-715", ErrorCategory.Conflict, $"Replay '{id}' would send to journal systems more than one person may decide alone, and nobody has approved it.",
        "Ask somebody else to look at the plan and approve it ('vkp replay approve'); a dry run shows first what it would do and needs nobody.");

    /// <param name="document">The message in whose document it is, when it is in another's.</param>
    public static VkpError NothingToCorrect(Guid messageId, string state, Guid? document) => new(
        "VKP-721", ErrorCategory.Conflict, $"Message '{messageId}' is {state} and has no document of its own{(document is { } other ? $"; it is in the document of '{other}'" : "")}.",
        (state, document) switch
        {
            (_, not null) => "Correct the message whose document it is in.",
            ("held", _) => "No journal has anything of it. Give it back to its sender with 'vkp held reject', or put right what holds it.",
            ("registered", _) => "It waits for its case to be closed. Correct the document of the case when that is in the journal; 'vkp why' says what it waits for.",
            ("failed" or "refused", _) => "No journal took it: what it said is corrected by not sending it again ('vkp dead-letters withdraw').",
            _ => "No journal has anything of it, so there is nothing to correct.",
        });

    public static VkpError CorrectedAlready(Guid messageId, Guid correctedBy) => new(
        "VKP-722", ErrorCategory.Conflict, $"Message '{messageId}' is corrected already, by '{correctedBy}'.", "Correct that one: it is what the journal systems go by.");

    public static VkpError CannotBeMoved(Guid messageId) => new(
        "VKP-723", ErrorCategory.Conflict, $"Message '{messageId}' cannot be moved by machine: its content could name its patient in other places than her number. Nothing was done.",
        "Take it back with 'vkp correct entered-in-error', and have its sender send it again about the right person, or write the note by hand.");

    public static VkpError UnknownHandover(Guid id) => new(
        "VKP-714", ErrorCategory.NotFound, $"There is no handover '{id}' of this municipality.", "Use the id that 'vkp handover plan' printed.");

    // 8xx: identity and access

    public static VkpError NoToken(bool demandsProof) => new(
        "VKP-801", ErrorCategory.Forbidden, "The request has no access token.",
        demandsProof ? "Send 'Authorization: DPoP <token>' from the issuer, and a proof in the header 'DPoP'." : "Send 'Authorization: Bearer <token>' from the issuer.");

    public static VkpError BadToken(string problem) => new(
        "VKP-802", ErrorCategory.Forbidden, $"The access token is not accepted: {problem}.", "Fetch a new token with the client's own key.");

    public static VkpError MissingScope(string scope) => new(
        "VKP-803", ErrorCategory.Forbidden, $"The access token lacks the scope '{scope}'.", "Ask for the scope when fetching the token.");

    public static VkpError TokenOfAnother(string tokenOrgNo, string urlOrgNo) => new(
        "VKP-804", ErrorCategory.Forbidden, $"The access token is for municipality '{tokenOrgNo}', the address names '{urlOrgNo}'.",
        "Use the client that belongs to the municipality in the address.");

    public static VkpError UnknownClient(string clientId) => new(
        "VKP-805", ErrorCategory.Forbidden, $"The client '{clientId}' is not registered for this municipality and format.",
        "The municipality registers its vendors' clients with 'vkp config apply'.");

    public static VkpError NotAdministrator() => new(
        "VKP-806", ErrorCategory.Forbidden, "The administration is for people who have signed in, and for the machine itself.",
        "Run 'vkp login'. On the machine itself the 'vkp' command reads the machine's token from the data directory ('--data'), where it is not switched off.");

    public static VkpError IssuerAway(string authority) => new(
        "VKP-807", ErrorCategory.Unavailable, $"The token issuer '{authority}' does not answer, so tokens cannot be checked.", "Retry; the operator checks the issuer's address.");

    /// <param name="problem">In words, holding nothing of the proof.</param>
    public static VkpError BadProof(string problem) => new(
        "VKP-808", ErrorCategory.Forbidden, $"The proof of possession is not accepted: {problem}.", "Make a new proof for each request, as RFC 9449 section 4.2 says.");

    public static VkpError NotBound() => new(
        "VKP-809", ErrorCategory.Forbidden, "The access token is not bound to a key, and this interface takes bound tokens only.",
        "Ask the issuer for a token with a DPoP proof, and send it with 'Authorization: DPoP'.");

    public static VkpError BoundAsBearer() => new(
        "VKP-810", ErrorCategory.Forbidden, "The access token is bound to a key and was sent as a bearer token.",
        "Send it with 'Authorization: DPoP' and a proof. If its holder did not send this, the token is stolen: tell the municipality.");

    public static VkpError ServiceCodeNotAllowed(IEnumerable<string> codes) => new(
        "VKP-811", ErrorCategory.Forbidden, $"The municipality has not allowed the client to look up patients by {string.Join(", ", codes)}.",
        "The municipality adds the codes to the client's 'serviceCodes' ('vkp config apply'), if there is a need.");

    public static VkpError NoNeed(IEnumerable<string> codes) => new(
        "VKP-812", ErrorCategory.Forbidden, $"The patient has none of the services {string.Join(", ", codes)} here, so there is no need to look.",
        "Municipality: register the service if the patient has it ('vkp config apply').");

    public static VkpError LookUpParameterCount(string expected) => new(
        "VKP-813", ErrorCategory.Incorrect, $"A parameter is given more often than a look-up takes it; at most {expected}.", "Make one look-up for each patient.");

    public static VkpError TooManyRequests(int perSecond) => new(
        "VKP-814", ErrorCategory.Busy, $"The client makes more than {perSecond} requests per second.", "Send again after the time in Retry-After, or many events in one batch; the municipality's configuration can allow a vendor's client more.");

    public static VkpError NotSigned() => new(
        "VKP-815", ErrorCategory.Incorrect, "The request is not signed: one of webhook-id, webhook-timestamp and webhook-signature is missing, stands twice or has another form.", "Send all three as Standard Webhooks has them: an id without dots, seconds since 1970, 'v1,' and base64.");

    public static VkpError WrongSignature() => new(
        "VKP-816", ErrorCategory.Forbidden, "No client of this address has made this signature.", "Sign 'id.timestamp.body' with the bytes that are sent, by HMAC-SHA256 with the decoded secret; check the address's organisation number, client and vendor.");

    public static VkpError SignatureNotTimely() => new(
        "VKP-817", ErrorCategory.Forbidden, $"The signature's time is more than {Identity.WebhookSignature.Window.TotalMinutes:0} minutes from ours.", "Set the clock, and sign anew each time it is sent.");

    public static VkpError TokenBesideSignature() => new(
        "VKP-818", ErrorCategory.Incorrect, "The request has an access token beside a signature.", "Leave 'Authorization' out, or send to /vendors/{vendor}/events.");

    public static VkpError WebhookSecretMissing(string clientId) => new(
        "VKP-819", ErrorCategory.Unavailable, $"The hub has no usable secret for the client '{clientId}'.", "Operations set the variable, or the file, that the client's webhookSecrets name: 'whsec_' and the base64 of 24 to 64 bytes. Send again then.");

    // 9xx: operations

    public static VkpError IssuerNotForProduction(string authority) => new(
        "VKP-903", ErrorCategory.Incorrect, $"The token issuer '{authority}' is not one for production: it is on this machine, without https, or a development issuer.",
        "Give HelseID's address, 'https://...'. For a trial use '--environment test'.");

    public static VkpError SecretFileMissing(string name, string file) => new(
        "VKP-904", ErrorCategory.Incorrect, $"'{name}_FILE' names '{file}', which is not there.", "Mount the file, or take the variable away; the hub does not start with another secret instead.");

    public static VkpError NotLoopback(string address) => new(
        "VKP-901", ErrorCategory.Incorrect, $"The hub does not listen on '{address}': it speaks HTTP without TLS, so it listens on loopback only.",
        "Use 127.0.0.1 or [::1], and a reverse proxy that ends TLS on the same machine or in the same pod.");

    public static VkpError DatabaseUnusable(string why) => new(
        "VKP-902", ErrorCategory.Unavailable, $"The database cannot be used: {why}",
        "Check VKP_DATABASE and that the account may create schemas and roles; without VKP_DATABASE the hub runs a database of its own.");

    public static VkpError Fault(string traceId) => new(
        "VKP-999", ErrorCategory.Fault, $"A fault in the hub; it is logged under '{traceId}'.", "Send the same event again; tell the operator the number if it stays.");
}
