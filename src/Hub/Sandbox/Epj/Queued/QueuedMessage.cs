using System.Text.Json;
using Vkp.Messages;

namespace Vkp.Sandbox;

/// <summary>A message as it stands in a queue.</summary>
/// <param name="Id">The transport's id, which a repeat has too.</param>
/// <param name="Types">Its types as the sender named them, most special first.</param>
/// <param name="ReplyTo">Where answers go, as the transport addresses it.</param>
/// <param name="Tag">What the transport takes it out by.</param>
internal sealed record QueuedMessage(string Id, string? Types, string? ReplyTo, ReadOnlyMemory<byte> Body, ulong Tag = 0)
{
    /// <summary>Null when it is none, or says nothing of what an answer needs. Read as any .NET endpoint reads it: by the library's types and the default options, case by case.</summary>
    public DocumentReady? Ready()
    {
        if (ReplyTo is null || Types?.Split(';').Any(type => type.Split(',')[0].Trim() == typeof(DocumentReady).FullName) is not true) return null;
        try
        {
            return JsonSerializer.Deserialize<DocumentReady>(Body.Span) is { } ready && ready.MessageId != Guid.Empty && ready.DeliveryId != Guid.Empty && ready.FetchFrom.Length > 0 ? ready : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>An answer on its way to the hub's queue.</summary>
/// <param name="Id">The same at every repeat of the same answer.</param>
/// <param name="Type">The full name of its type.</param>
internal sealed record QueuedReply(Guid Id, string Type, ReadOnlyMemory<byte> Body)
{
    public static QueuedReply Acknowledged(DocumentReady to, int copy = 0) =>
        Of(to, copy, new JournalingAcknowledged { MessageId = to.MessageId, DeliveryId = to.DeliveryId });

    public static QueuedReply Rejected(DocumentReady to, string reason, int copy = 0) =>
        Of(to, copy, new JournalingRejected { MessageId = to.MessageId, DeliveryId = to.DeliveryId, Reason = reason });

    /// <summary>One that says nothing, under the name of an answer.</summary>
    public static QueuedReply Garbage(DocumentReady to) => new(IdOf(to, "garbage", 0), typeof(JournalingAcknowledged).FullName!, "<html><body>Velkommen til EPJ</body></html>"u8.ToArray());

    private static QueuedReply Of<T>(DocumentReady to, int copy, T answer) =>
        new(IdOf(to, typeof(T).Name, copy), typeof(T).FullName!, JsonSerializer.SerializeToUtf8Bytes(answer));

    private static Guid IdOf(DocumentReady to, string what, int copy) => SeededDice.Id($"{to.DeliveryId:D}/{what}/{copy}");
}
