namespace Vkp.Hub;

/// <summary>Every bound of the hub, each with its reason. LimitsTests asserts how they relate.</summary>
public static class Limits
{
    /// <summary>One request's body: the national successor service takes about 1 MB, so no sender needs more.</summary>
    public const int BodyBytesMax = 1_048_576;

    /// <summary>A body over the limit is still read and thrown away up to this size, so that its sender can read why it was refused; beyond it the connection is closed.</summary>
    public const int BodyBytesDrainedMax = 8 * BodyBytesMax;

    /// <summary>All of a request's headers: a token with many scopes and a proof take some 8 kB.</summary>
    public const int HeaderBytesMax = 32_768;

    /// <summary>Clients and proxies send about twenty.</summary>
    public const int HeadersMax = 64;

    /// <summary>A body that comes slower than this is no sender's: 1 MB would take an hour and hold a connection that long.</summary>
    public const double BodyBytesPerSecondMin = 240;

    /// <summary>With the body's limit, what all callers together can tie up; a proxy needs a few hundred.</summary>
    public const int ConnectionsMax = 4_096;

    /// <summary>Requests of one client and second at one node, unless operator or municipality says otherwise: many times what a whole country's senders make together, so that only a fault or an attack meets it.</summary>
    public const int RequestsPerClientAndSecond = 2_000;

    /// <summary>The most a configuration can allow one client.</summary>
    public const int RequestsPerClientAndSecondMax = 100_000;

    /// <summary>Requests of one person's sign-in and second at one node: a page with everything on it asks a dozen times, and no hand is faster.</summary>
    public const int RequestsPerPersonAndSecond = 50;

    /// <summary>How long the hub's word about itself to an issuer is good for: HelseID takes a minute at most, and it is used at once.</summary>
    public static readonly TimeSpan ClientAssertionLifetime = TimeSpan.FromSeconds(30);

    /// <summary>How long the hub waits for a token of its own, discovery and a demanded nonce included: a delivery waits with it.</summary>
    public static readonly TimeSpan TokenFetchTimeout = TimeSpan.FromSeconds(5);

    /// <summary>After an issuer gave no token: every waiting delivery would ask it again at once.</summary>
    public static readonly TimeSpan TokenAskedAgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>A token of the hub's own is renewed this long before it ends, so that none ends on its way.</summary>
    public static readonly TimeSpan TokenMargin = TimeSpan.FromSeconds(30);

    /// <summary>Secrets of a client that signs: the one in use and the next.</summary>
    public const int WebhookSecretsMax = 2;

    /// <summary>How many seconds' worth a client may send at once: what piled up while it was away.</summary>
    public const int ClientBurstSeconds = 10;

    /// <summary>Nesting of JSON: real bundles stay under 20; deeper input is an attack or a mistake.</summary>
    public const int JsonDepthMax = 32;

    /// <summary>Nesting of a configuration file: it has eight levels.</summary>
    public const int ConfigurationDepthMax = 32;

    /// <summary>Events in one vendor batch: with the body limit this is the most one commit carries.</summary>
    public const int BatchEventsMax = 500;

    /// <summary>Lists of a municipality's events that are read and stored at once. While one is stored the next is read; a third gained nothing on two processors, and made a call for help wait half as long again.</summary>
    public const int ListsAtOnceMax = 2;

    /// <summary>Lists of a municipality's that wait for their turn, in bytes: some seconds of work, so that a sender is told to come again before it gives up by itself.</summary>
    public const long ListBytesWaitingMax = 16 * 1024 * 1024;

    /// <summary>Events of a list that are read in a row: some milliseconds.</summary>
    public const int ListEventsInARow = 10;

    /// <summary>Events a subscription handles per transaction: keeps a page in memory and its transaction short.</summary>
    public const int SubscriptionPageEventsMax = 500;

    /// <summary>Events that the table of messages takes up per transaction: facts only, some 2 MB.</summary>
    public const int ProjectionPageEventsMax = 2_000;

    /// <summary>
    /// The least time between two pages of the table of messages under load: a person who looks sees it a blink later, a sender who asks for a message that is on
    /// its way waits for it, and one that is journaled meanwhile is written once and not twice.
    /// </summary>
    public static readonly TimeSpan ProjectionInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Concurrent requests to one destination: more than most EPJ take, few enough that one does not drown.</summary>
    public const int DeliveriesInFlightPerDestinationMax = 32;

    /// <summary>Of those, kept free for alarms.</summary>
    public const int DeliveriesReservedForAlarms = 8;

    /// <summary>Of those, the most that replays take: a slow journal system that is told again still has most of its places for what is new.</summary>
    public const int DeliveriesInFlightForReplaysMax = 4;

    /// <summary>Deliveries a node keeps in memory per destination and lane; the rest wait in their table. Of each its own, so that a backlog stands in nobody else's way.</summary>
    public const int DeliveryWindowRowsMax = 2_000;

    /// <summary>Deliveries of a destination and lane loaded at once, when that many have room.</summary>
    public const int DeliveryLoadRowsMax = 1_000;

    /// <summary>How long one request to an EPJ may take, answer included.</summary>
    public static readonly TimeSpan DeliveryTimeout = TimeSpan.FromSeconds(15);

    /// <summary>How long a message waits for the journal system to say whether its patient has the service: its sender waits with it.</summary>
    public static readonly TimeSpan ServiceQuestionTimeout = TimeSpan.FromSeconds(3);

    /// <summary>How long a journal system that did not answer is left alone with such questions.</summary>
    public static readonly TimeSpan ServiceQuestionPause = TimeSpan.FromSeconds(30);

    /// <summary>How long a yes is not asked for again.</summary>
    public static readonly TimeSpan ServiceKnownFor = TimeSpan.FromMinutes(15);

    /// <summary>How long a no is not asked for again: the service is often registered just after.</summary>
    public static readonly TimeSpan ServiceMissedFor = TimeSpan.FromMinutes(2);

    /// <summary>How long a yes stands while the journal system does not answer.</summary>
    public static readonly TimeSpan ServiceBelievedFor = TimeSpan.FromHours(24);

    /// <summary>Answers about services kept in memory: some 20 MB, the active patients of a large municipality.</summary>
    public const int ServicesKnownMax = 100_000;

    /// <summary>How long a look-up may take in all: somebody stands and waits for it, and nothing is lost when it is given up.</summary>
    public static readonly TimeSpan LookUpTimeout = TimeSpan.FromSeconds(8);

    /// <summary>
    /// After a call whose outcome is unknown, an EPJ that can be asked is asked no sooner than this: it may still be writing what it is about to be asked for.
    /// </summary>
    public static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(5);

    /// <summary>How long after its beginning a call that nobody hears to the end may still be carried out: as long as it may take, and what a journal system may be at work on then.</summary>
    public static readonly TimeSpan CallOutstanding = DeliveryTimeout + AskAfter;

    /// <summary>An EPJ's answer is an OperationOutcome or a small Bundle; more is cut and the outcome unknown.</summary>
    public const int DeliveryAnswerBytesMax = 262_144;

    /// <summary>How long a node owns a municipality's deliveries without renewing. Short, so that another node takes over within seconds.</summary>
    public static readonly TimeSpan DeliveryLease = TimeSpan.FromSeconds(5);

    /// <summary>How often the lease is renewed: two renewals may fail before it is lost.</summary>
    public static readonly TimeSpan DeliveryLeaseRenewal = TimeSpan.FromSeconds(1.5);

    /// <summary>Outcomes written in one transaction.</summary>
    public const int SettleBatchMax = 200;

    /// <summary>The least time from one settling to the next while they hold many outcomes and are not full: each costs about the same whatever it holds.</summary>
    public static readonly TimeSpan SettleInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>From this many outcomes a settling is a sign of load.</summary>
    public const int SettleCrowdedOutcomes = 12;

    /// <summary>
    /// Deliveries of a destination that are in its journal and not yet written as such, beside those on their way. Bounds what is sent again after a crash, and what is
    /// sent at all while the database is away.
    /// </summary>
    public const int DeliveriesUnwrittenMax = 200;

    /// <summary>Failures in a row before a destination is asked with one message at a time, and one alarm beside it.</summary>
    public const int CircuitFailuresMax = 5;

    /// <summary>Messages in one page of a repair report: each costs a read of the log.</summary>
    public const int RepairPageMessagesMax = 100;

    /// <summary>Messages told in one trace, unless the caller says: the days around what is asked about.</summary>
    public const int TraceMessagesDefault = 50;

    /// <summary>The most one trace tells: each costs a read and an opening that is kept.</summary>
    public const int TraceMessagesMax = 500;

    /// <summary>Refused messages remembered of each sender for its self-test: more than a developer reads through in one go.</summary>
    public const int RefusalsKeptPerSender = 200;

    /// <summary>Stored messages one self-test of a vendor looks at: many times a catalogue.</summary>
    public const int SelfTestMessagesMax = 5000;

    /// <summary>How far back a self-test of a vendor looks when it is not told.</summary>
    public static readonly TimeSpan SelfTestReach = TimeSpan.FromHours(24);

    /// <summary>Events a replay looks at in one page: two pages are in memory at once, and an abort waits for one.</summary>
    public const int ReplayPageEventsMax = 2000;

    /// <summary>A replay's pace unless its operator says: a tenth of what a small machine manages, so that live traffic does not notice.</summary>
    public const int ReplayMessagesPerSecondDefault = 2000;

    /// <summary>Documents a second that a replay sends unless its operator says: what a person could still stop, and little beside live traffic.</summary>
    public const int ResendPerSecondDefault = 20;

    /// <summary>Documents of one replay that wait for their receivers at once: what an abort has to put back, and what a receiver that is away makes it wait at.</summary>
    public const int ResendOpenMax = 200;

    /// <summary>Documents one person may send again alone, where no journal is live: a slip is still read through by hand.</summary>
    public const int ResendWithoutApprovalMax = 100;

    /// <summary>Events one page of an export looks at: a few megabytes of resources at most times, and what an interruption costs.</summary>
    public const int ExportPageEventsMax = 2000;

    /// <summary>How often a verification of a log says how far it has come: often enough for a person who waits, and a line in a hundred thousand events.</summary>
    public static readonly TimeSpan AuditProgressInterval = TimeSpan.FromSeconds(2);

    /// <summary>Measurements in one page of a search, unless the caller says: a month of a few values a day.</summary>
    public const int ObservationPageDefault = 100;

    /// <summary>The most a caller may ask for in one page.</summary>
    public const int ObservationPageMax = 500;

    /// <summary>Documents in one page of what a journal system fetches, unless it says.</summary>
    public const int PullPageDefault = 50;

    /// <summary>The most it may ask for: each is composed and opened while it waits.</summary>
    public const int PullPageMax = 200;

    /// <summary>Messages that may wait for an endpoint before the hub waits too, unless the municipality says: more than an hour of a large municipality, little for a database.</summary>
    public const int QueueDepthDefault = 10_000;

    /// <summary>How old the count of what waits in a queue may be: counting for each message would cost more than writing it.</summary>
    public static readonly TimeSpan QueueDepthFreshness = TimeSpan.FromSeconds(1);

    /// <summary>From here on operators are told that a queue's four-byte numbers run out: three quarters of them.</summary>
    public const int QueueNumberWarning = int.MaxValue / 4 * 3;

    /// <summary>How often the hub looks for answers in its queues: as often as an idle endpoint looks in its own, twice over.</summary>
    public static readonly TimeSpan AnswerLookInterval = TimeSpan.FromSeconds(0.5);

    /// <summary>Answers taken in one look: each is a transaction, and the next look comes at once after a full one.</summary>
    public const int AnswersPerLookMax = 500;

    /// <summary>How long a status request waits for the read model to catch up with what was just stored.</summary>
    public static readonly TimeSpan ReadYourWritesTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How long a node may use its copy of a municipality's configuration before it looks again.</summary>
    public static readonly TimeSpan RegistryFreshness = TimeSpan.FromSeconds(1);

    /// <summary>How often each log's reach is signed and written to a file.</summary>
    public static readonly TimeSpan AnchorInterval = TimeSpan.FromHours(1);

    /// <summary>Clock difference tolerated between issuer and hub.</summary>
    public static readonly TimeSpan TokenClockSkew = TimeSpan.FromSeconds(10);

    /// <summary>How old a proof of possession may be when it arrives: enough for a slow network, and what the issuer itself allows.</summary>
    public static readonly TimeSpan ProofAgeMax = TimeSpan.FromSeconds(60);

    /// <summary>How much longer a used proof is remembered: the tolerated clock difference of two nodes and of the client, and some more.</summary>
    public static readonly TimeSpan ProofKeptBeyond = TimeSpan.FromSeconds(60);

    /// <summary>How often what was remembered long enough is deleted.</summary>
    public static readonly TimeSpan ProofsForgottenEvery = TimeSpan.FromMinutes(1);

    /// <summary>A proof with an RSA key of 4096 bits takes about 2500 characters.</summary>
    public const int ProofCharactersMax = 4096;

    /// <summary>How long a token that was found valid is believed without looking at its signature again; a withdrawn signing key works this much longer.</summary>
    public static readonly TimeSpan TokenBelief = TimeSpan.FromSeconds(60);

    /// <summary>How many tokens are believed at once.</summary>
    public const int TokensBelievedMax = 2000;

    /// <summary>Least time between two fetches of the issuer's keys, so that forged key ids cannot make the hub hammer it.</summary>
    public static readonly TimeSpan IssuerRefreshMin = TimeSpan.FromSeconds(10);

    /// <summary>How long the issuer's keys are used before they are fetched again.</summary>
    public static readonly TimeSpan IssuerKeysLifetime = TimeSpan.FromHours(1);

    /// <summary>Alarms of one kind and patient this close together are one call for help that was repeated.</summary>
    public static readonly TimeSpan RepeatedPressWindow = TimeSpan.FromMinutes(10);

    /// <summary>How long after midnight a day's note is written: what is on its way from the evening shall be in it.</summary>
    public static readonly TimeSpan SummaryGrace = TimeSpan.FromHours(1);

    /// <summary>How long a message is held when the municipality says nothing: a service or a device is registered within a day, or not at all.</summary>
    public const int HeldHoursDefault = 24;

    /// <summary>More than a month is forgetting, not waiting.</summary>
    public const int HeldHoursMax = 31 * 24;

    /// <summary>
    /// The least a municipality may keep. No law names a number for the hub's copy, for the journal is the journal system's; but below a year the
    /// ordinary question of a supervisor, "what happened last winter", could not be answered, and a vendor's repeat could not be told apart.
    /// </summary>
    public const int RetentionDaysMin = 365;

    /// <summary>A hundred years: more is "for good", which is said by saying nothing.</summary>
    public const int RetentionDaysMax = 36_500;

    /// <summary>Streams that a run may leave out because something on them is unfinished; the plan names each. More is a backlog that comes first.</summary>
    public const int RetentionKeptStreamsMax = 10_000;

    /// <summary>How often what is due by age is deleted. Once a day: policies count in days, and a run reads the old part of the log.</summary>
    public static readonly TimeSpan RetentionInterval = TimeSpan.FromDays(1);

    /// <summary>The first time after a start, when a backlog has been worked off.</summary>
    public static readonly TimeSpan RetentionFirst = TimeSpan.FromHours(1);

    /// <summary>Held messages looked at in one go.</summary>
    public const int HeldPageMax = 500;

    /// <summary>How long after a change of the configuration held messages are tried: identifiers and other nodes' copies follow within it.</summary>
    public static readonly TimeSpan HeldRetryAfterChange = TimeSpan.FromSeconds(5);

    /// <summary>How long a device that sends heartbeats may be silent when the municipality says nothing: the slowest ones beat hourly, and one may get lost.</summary>
    public const int SilentMinutesDefault = 150;

    /// <summary>How long an alarm may stand without an answer when the municipality says nothing.</summary>
    public const int AlarmMinutesDefault = 15;

    /// <summary>How long a journal system may be away when the municipality says nothing: a restart or an upgrade is over by then.</summary>
    public const int DestinationMinutesDefault = 60;

    /// <summary>More than a week of waiting is no escalation.</summary>
    public const int EscalationMinutesMax = 7 * 24 * 60;

    /// <summary>How often a canary is sent through a municipality's path: each is stored for good.</summary>
    public static readonly TimeSpan CanaryInterval = TimeSpan.FromMinutes(5);

    /// <summary>How long a canary may be on its way before people are told: a restart of everything is over by then.</summary>
    public static readonly TimeSpan CanaryOverdueAfter = TimeSpan.FromMinutes(15);

    /// <summary>How often is looked for what somebody must act on; limits are minutes.</summary>
    public static readonly TimeSpan EscalationInterval = TimeSpan.FromSeconds(10);

    /// <summary>How long a document may wait for a journal system to take it before people are told: an alert is dealt with within the hour.</summary>
    public static readonly TimeSpan UntakenAfter = TimeSpan.FromHours(1);

    /// <summary>How long a journal system that has a document may be silent about having journaled it before people are told.</summary>
    public static readonly TimeSpan UnansweredAfter = TimeSpan.FromHours(24);

    /// <summary>Overdue deliveries told of one municipality; the count tells the rest.</summary>
    public const int OverdueToldMax = 200;

    /// <summary>Open deliveries of one lane of one destination that are looked at for being overdue, the oldest: while a journal system is away, all that has come since is open.</summary>
    public const int OverdueCountedMax = 1_000;

    /// <summary>How often the rooms that work by the clock look whether something is due.</summary>
    public static readonly TimeSpan ClockworkInterval = TimeSpan.FromSeconds(1);

    /// <summary>An event older than this when it arrives is marked late to the EPJ, whatever its kind.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromHours(24);

    /// <summary>Subscriptions of one journal system: one for each lane and kind is a dozen; more is a client that makes a new one at every start.</summary>
    public const int SubscriptionsPerDestinationMax = 20;

    /// <summary>Documents in one notification, whatever the subscriber would take: each is composed and opened for it.</summary>
    public const int NotificationEventsMax = 100;

    /// <summary>Least time between two heartbeats to one subscriber.</summary>
    public static readonly TimeSpan SubscriptionHeartbeatMin = TimeSpan.FromSeconds(10);

    /// <summary>How long a node may take over one notification: the call with its time limit, composing before it and writing after it.</summary>
    public static readonly TimeSpan SubscriptionLease = TimeSpan.FromSeconds(25);

    /// <summary>Subscriptions one node sends for at once: each holds a call and a notification in memory.</summary>
    public const int SubscriptionsSendingMax = 64;

    /// <summary>One header of a subscriber's own, name and value.</summary>
    public const int SubscriptionHeaderCharactersMax = 4096;

    /// <summary>Headers of a subscriber's own.</summary>
    public const int SubscriptionHeadersMax = 10;

    /// <summary>A purpose in a person's own words: a case number and a sentence.</summary>
    public const int PurposeCharactersMax = 200;

    /// <summary>Roles in one municipality: a hundred people with every role, and what has ended among them.</summary>
    public const int StaffGrantsMax = 500;

    /// <summary>How long a broken glass stays open when nothing else is asked for: to find one patient and act.</summary>
    public const int BreakGlassMinutesDefault = 30;

    /// <summary>And at most; what takes longer is no emergency, and a brukeradmin has had time to grant a role.</summary>
    public const int BreakGlassMinutesMax = 60;
}
