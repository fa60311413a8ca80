namespace Vkp.Hub.DeadLetters;

/// <summary>How the other deliveries of a message stand.</summary>
/// <param name="RefusedCode">Why one of those that were refused and wait for a person was; null when there is none.</param>
public sealed record Elsewhere(int Open, int Journaled, string? RefusedCode)
{
    public static readonly Elsewhere Nowhere = new(0, 0, null);
}
