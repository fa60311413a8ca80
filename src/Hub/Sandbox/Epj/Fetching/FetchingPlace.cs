using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vkp.Sandbox;

/// <summary>
/// How far a journal system has come, kept beside its journal. It is written after the hub has had its answers, and may be behind: what is fetched again is
/// known by the journal. Lost, everything is fetched again.
/// </summary>
internal sealed class FetchingPlace
{
    private readonly string file;

    // Answered, and later than something that is not: the place cannot move past it yet. Forgotten at a restart, which answers them again.
    private readonly HashSet<long> ahead = [];
    private Written written;

    public FetchingPlace(string folder)
    {
        file = Path.Combine(folder, "fetched.json");
        written = Read(file);
    }

    /// <summary>Everything up to here, with it, is answered.</summary>
    public long Taken => written.Taken;

    /// <summary>The hub's id of the subscription whose events are counted.</summary>
    public string? Subscription => written.Subscription;

    public bool IsAnswered(long place) => place <= Taken || ahead.Contains(place);

    public void Answer(long place) => ahead.Add(place);

    /// <summary>Moves as far as everything is answered.</summary>
    /// <param name="places">All there are after where it stands, in order.</param>
    public void Advance(IEnumerable<long> places)
    {
        var next = places.TakeWhile(IsAnswered).Append(Taken).Max();
        if (next > Taken) Write(written with { Taken = next });
        ahead.RemoveWhere(place => place <= Taken);
    }

    /// <summary>Numbers begin anew.</summary>
    public void Begin(string? subscription)
    {
        ahead.Clear();
        Write(new Written(0, subscription));
    }

    /// <summary>Whole or not at all, whenever the process dies.</summary>
    private void Write(Written next)
    {
        var fresh = file + ".new";
        using (var stream = File.Create(fresh))
        {
            JsonSerializer.Serialize(stream, next, PlaceJson.Default.Written);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, file, overwrite: true);
        written = next;
    }

    private static Written Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), PlaceJson.Default.Written) ?? new Written(0, null);
        }
        catch (Exception absent) when (absent is FileNotFoundException or JsonException)
        {
            return new Written(0, null);
        }
    }

    internal sealed record Written(long Taken, string? Subscription);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FetchingPlace.Written))]
internal sealed partial class PlaceJson : JsonSerializerContext;
