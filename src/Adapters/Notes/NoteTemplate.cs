namespace Vkp.Adapters.Notes;

/// <summary>How one kind of EPJ shows a note: what differs between them, and nothing of what a note says.</summary>
/// <param name="CharactersMax">The longest text the EPJ takes, line breaks included; at least 300. A longer note is cut at a line and says so.</param>
public sealed record NoteTemplate(int CharactersMax)
{
    /// <summary>What the EPJ's screen breaks lines at.</summary>
    public string LineBreak { get; init; } = "\n";

    /// <summary>The EPJ keeps the time of the event without offset or not at all, so that the text must say it, unambiguously.</summary>
    public bool TellsEventTime { get; init; }

    /// <summary>The EPJ has no field for the sender's id, so that the text must carry it: a person who looks for a double needs it.</summary>
    public bool TellsReference { get; init; }
}
