using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Vkp.Adapters;
using Vkp.Adapters.Cases;
using Vkp.EventStore;
using Vkp.Fhir.Model;
using Vkp.Hub.DeadLetters;
using Vkp.Hub.Delivery;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Correcting;

/// <summary>A person corrects a message.</summary>
/// <param name="Act">`entered-in-error`, `amend` or `wrong-patient`.</param>
/// <param name="Note">Of an amendment: what is added, in bokmål, for the reader of the journal.</param>
/// <param name="Patient">Of a wrong patient: the right one; in the body of the request only.</param>
/// <param name="Reason">Why, in the person's own words; kept in plain text, so no identity number is taken.</param>
public sealed record CorrectionRequest(string OrgNo, Guid MessageId, string Act, string? Reason, string? Note = null, TracePatient? Patient = null);

/// <param name="Told">What each journal system is told, in words.</param>
/// <param name="CorrectionId">The message that says it; null when no journal has the document and it was withdrawn instead.</param>
/// <param name="MovedTo">The right patient's message; of a wrong patient only.</param>
public sealed record CorrectionAnswer(string OrgNo, Guid MessageId, string Act, Guid? CorrectionId, Guid? MovedTo, IReadOnlyList<CorrectionTold> Told);

public sealed record CorrectionTold(string Destination, string Was, string What);

/// <summary>What people correct: takes a note back, adds to it, or moves it to whom it is about; each journal system is told as far as it has it.</summary>
public sealed class CorrectionOffice(
    NpgsqlDataSource database, EventLog store, Vault vault, MunicipalityRegistry registry, MessageReader messages, DocumentComposer composer, CorrectingMessages corrections,
    DeadLetterOffice letters, IReadOnlyDictionary<string, IVendorAdapter> vendors)
{
    public const string EnteredInError = "entered-in-error";
    public const string Amend = "amend";
    public const string WrongPatient = "wrong-patient";

    private const string MovedType = "MessageMoved";

    public async Task<(CorrectionAnswer? Answer, VkpError? Error)> CorrectAsync(int tenant, CorrectionRequest request, string author, CancellationToken ct)
    {
        if (Check(request) is { } wrong) return (null, wrong);
        if (await messages.FindAsync(tenant, request.MessageId, ct) is not { } row) return (null, Errors.NoSuchMessage(request.MessageId.ToString()));
        var deliveries = await DeliveriesAsync(tenant, row.MessageId, ct);
        if (deliveries.Count == 0) return (null, Errors.NothingToCorrect(row.MessageId, row.State, row.InDocumentOf));
        if (row.CorrectedBy is { } later) return (null, Errors.CorrectedAlready(row.MessageId, later));

        var document = await composer.ComposeAsync(deliveries[0], ct);
        var body = MessageBody.FromBytes(await vault.OpenAsync(document.Main.Event, ct));
        var corrected = new CorrectedMessage(tenant, document.Main.Event.Stream, document.Main.Metadata, body.Patient!);
        return request.Act switch
        {
            Amend => await AmendAsync(corrected, request, deliveries, author, ct),
            EnteredInError => (await TakeBackAsync(corrected, request, document, deliveries, author, "Meldingen er feilregistrert og skal ikke legges til grunn.", [], ct), null),
            _ => await MoveAsync(corrected, request, document, deliveries, author, ct),
        };
    }

    private static VkpError? Check(CorrectionRequest request)
    {
        if (request.Act is not (EnteredInError or Amend or WrongPatient)) return Errors.BadParameter("act", $"one of {EnteredInError}, {Amend}, {WrongPatient}");
        if (string.IsNullOrWhiteSpace(request.Reason)) return Errors.PurposeMissing();
        if (Purpose.Check(request.Reason) is { } unusable) return unusable;
        if (request.Act == Amend && string.IsNullOrWhiteSpace(request.Note)) return Errors.BadParameter("note", "what is to be added");
        return request.Act != WrongPatient ? null : request.Patient is { } patient ? TraceSearch.Check(new TraceQuestion(request.OrgNo, Patient: patient)) : Errors.BadParameter("patient", "whom the message is about");
    }

    private async Task<(CorrectionAnswer? Answer, VkpError? Error)> AmendAsync(
        CorrectedMessage corrected, CorrectionRequest request, IReadOnlyList<DeliveryRow> deliveries, string author, CancellationToken ct)
    {
        var concerned = deliveries.Where(d => Receivers.Concerns(CorrectionKind.Amended, d.State)).Select(d => d.Destination).ToList();
        if (concerned.Count == 0) return (null, Errors.NothingToCorrect(corrected.Id, deliveries[0].State, null));
        var correction = new Correction(CorrectionKind.Amended, corrected.Id, Guid.CreateVersion7().ToString("N"), concerned, request.Note!, author, request.Reason!);
        var made = await corrections.MakeAsync(corrected, correction, [], ct);
        await store.AppendAsync(made, ct);
        var told = await ToldAsync(corrected.Tenant, deliveries, concerned, "får et tillegg til notatet", "har ikke fått notatet, og får ikke tillegget", ct);
        return (Answer(request, made.Events[0].Id, told), null);
    }

    /// <summary>Who has it, or may have it, is told to strike it out; to whoever has not, it does not go any more, and not a word about it.</summary>
    /// <param name="more">Stored together with the correction.</param>
    private async Task<CorrectionAnswer> TakeBackAsync(
        CorrectedMessage corrected, CorrectionRequest request, ComposedDocument document, IReadOnlyList<DeliveryRow> deliveries, string author, string words, IReadOnlyList<AppendRequest> more,
        CancellationToken ct)
    {
        var selection = new Selection(corrected.Tenant, null, null, [corrected.Id]);
        await foreach (var progress in letters.ActAsync(DeadLetterAct.Withdraw, selection, author, request.Reason!, isDryRun: false, ct)) ct.ThrowIfCancellationRequested();
        // Looked at again: what was on its way while it was withdrawn is where its receiver says it is.
        var now = (await DeliveriesAsync(corrected.Tenant, corrected.Id, ct)).ToDictionary(d => d.Destination, d => d.State, StringComparer.Ordinal);
        var concerned = deliveries.Where(d => Receivers.HasIt(d.State) || Receivers.HasIt(now[d.Destination])).Select(d => d.Destination).ToList();
        var appends = new List<AppendRequest>(more);
        Guid? correctionId = null;
        if (concerned.Count > 0)
        {
            var correction = new Correction(CorrectionKind.EnteredInError, corrected.Id, "person", concerned, words, author, request.Reason!);
            var made = await corrections.MakeAsync(corrected, correction, document.Message.Resources, ct);
            (appends, correctionId) = ([made, .. more], made.Events[0].Id);
        }

        if (appends.Count > 0) await store.AppendAsync(appends, ct);
        return Answer(request, correctionId, await ToldAsync(corrected.Tenant, deliveries, concerned, "får beskjed om at notatet er feilregistrert", "har ikke fått notatet, og får det ikke", ct));
    }

    /// <summary>Of one that the municipality has taken out of its configuration, the person has to think herself: its correction waits, and may wait for ever.</summary>
    private async Task<IEnumerable<CorrectionTold>> ToldAsync(int tenant, IEnumerable<DeliveryRow> deliveries, IReadOnlyList<string> concerned, string told, string notTold, CancellationToken ct)
    {
        var municipality = await registry.CurrentAsync(tenant, ct);
        return deliveries.Select(d => new CorrectionTold(d.Destination, d.State, !concerned.Contains(d.Destination) ? notTold
            : municipality.Destinations.ContainsKey(d.Destination) ? told
            : "har notatet, men står ikke lenger i oppsettet: rettelsen venter, så si fra dit på annen måte"));
    }

    /// <summary>To the right patient's stream goes the content alone: not the vendor's text, which names the other, nor where it stood before.</summary>
    private async Task<(CorrectionAnswer? Answer, VkpError? Error)> MoveAsync(
        CorrectedMessage corrected, CorrectionRequest request, ComposedDocument document, IReadOnlyList<DeliveryRow> deliveries, string author, CancellationToken ct)
    {
        var (system, value) = TraceSearch.Identifier(request.Patient!);
        if (await vault.FindPatientStreamAsync(corrected.Tenant, system, value, ct) is not { } stream) return (null, Errors.NothingFound());
        if (stream == corrected.Stream) return (null, Errors.BadParameter("patient", "another patient than the message stands on"));

        var id = Guid.CreateVersion7();
        var patient = new SourceIdentifier(system, value);
        // What a sender wrote as FHIR can name the patient anywhere; what the hub composed names her by number alone.
        var isOwn = vendors.TryGetValue(corrected.Metadata.Adapter!, out var adapter) && !adapter.KeepsSendersFhir;
        if (!isOwn || PatientChange.Change(document.Message.Resources, corrected.Patient, patient, id.ToString("N")) is not { } resources) return (null, Errors.CannotBeMoved(corrected.Id));

        var moved = await corrections.MoveAsync(corrected, stream, patient, id, resources, author, ct);
        var fact = new NewEvent(Guid.CreateVersion7(), MovedType, new EventMetadata { Author = author, Purpose = request.Reason }.ToJson(), ReadOnlyMemory<byte>.Empty);
        // Who moved what where stands on a stream of its own: neither patient's says anything of the other's.
        var trail = new StreamName("correction", id.ToString("N"));
        var link = fact with { Body = await vault.SealAsync(corrected.Tenant, trail, fact.Id, JsonSerializer.SerializeToUtf8Bytes(new MessageMove(corrected.Id, id), CorrectingJson.Default.MessageMove), ct) };
        const string Words = "Meldingen gjelder en annen person og er feilregistrert her. Den skal ikke legges til grunn.";
        var answer = await TakeBackAsync(corrected, request, document, deliveries, author, Words, [moved, new AppendRequest(corrected.Tenant, trail, [link])], ct);
        return (answer with { MovedTo = id }, null);
    }

    private static CorrectionAnswer Answer(CorrectionRequest request, Guid? correctionId, IEnumerable<CorrectionTold> told) =>
        new(request.OrgNo, request.MessageId, request.Act, correctionId, null, [.. told]);

    private Task<IReadOnlyList<DeliveryRow>> DeliveriesAsync(int tenant, Guid messageId, CancellationToken ct) => Sql.ReadAsync(
        database, "Correcting.read-deliveries.sql", tenant, command => command.Parameters.Add(new() { Value = messageId }), reader => DeliveryStore.ReadRow(tenant, reader), ct);
}

/// <summary>A message that was about somebody else, and the message it became; sealed.</summary>
public sealed record MessageMove(Guid From, Guid To);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MessageMove))]
internal sealed partial class CorrectingJson : JsonSerializerContext;
