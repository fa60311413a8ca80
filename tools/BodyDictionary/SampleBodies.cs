using System.Text;
using System.Text.RegularExpressions;
using Vkp.Adapters;
using Vkp.Hub.Intake;

namespace Vkp.BodyDictionary;

/// <summary>The bodies that the hub would store of the published samples, without what tells one message from another.</summary>
internal static partial class SampleBodies
{
    /// <summary>Held-out samples shrink to 0.19 of their size with 8 kB, 0.19 with 16 and 0.18 with 32 and with 64: beyond 16 it is not worth the cache.</summary>
    public const int DictionaryBytes = 16 * 1024;

    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<byte[]> All(string vendors)
    {
        // Seeded, so that the same samples give the same dictionary.
        var random = new Random(1);
        return [.. from adapter in VendorCatalog.All
                   from file in Directory.GetFiles(Path.Combine(vendors, adapter.Info.Name, "samples")).Order(StringComparer.Ordinal)
                   where Path.GetExtension(file) is ".json" or ".xml" && !file.Contains(".verified.", StringComparison.Ordinal)
                   select Encoding.UTF8.GetBytes(WithoutIdentity(BodyOf(adapter, File.ReadAllBytes(file)), random))];
    }

    private static string BodyOf(IVendorAdapter adapter, byte[] raw)
    {
        var translation = adapter.Translate(new VendorPayload(raw, ReceivedAt));
        var envelope = translation switch
        {
            Translation.Translated translated => translated.Envelope,
            Translation.NothingToJournal nothing => nothing.Envelope,
            Translation.Held held => held.Envelope,
            _ => throw new InvalidDataException($"A sample of {adapter.Info.Name} is refused by its own adapter."),
        };
        var (cases, resources) = translation is Translation.Translated message ? (message.CaseIds, message.Resources) : ([], []);
        return Encoding.UTF8.GetString(new MessageBody(raw, envelope.SourceMessageId, envelope.EventKind, envelope.Patient, envelope.Device, cases, resources).ToBytes().Span);
    }

    /// <summary>Ids and identity numbers would be learned by heart, and never come again; even a synthetic person's number has no business in the product.</summary>
    private static string WithoutIdentity(string body, Random random)
    {
        var withoutIds = Uuid().Replace(body, _ =>
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            return new Guid(bytes).ToString();
        });

        return ElevenDigits().Replace(withoutIds, _ => string.Concat(Enumerable.Range(0, 11).Select(_ => (char)random.Next('a', 'z' + 1))));
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Uuid();

    [GeneratedRegex("(?<![0-9])[0-9]{11}(?![0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ElevenDigits();
}
