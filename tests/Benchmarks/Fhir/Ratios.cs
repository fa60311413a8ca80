using System.Diagnostics;

namespace Vkp.Benchmarks.Fhir;

/// <summary>
/// The aims as ratios on a busy machine: the contenders take turns and each keeps its best time, so that what other work takes away is taken from all.
/// Usage: dotnet run -c Release --project tests/Benchmarks -- ratios
/// </summary>
internal static class Ratios
{
    private const int Rounds = 3000;

    public static void Print()
    {
        var b = new FhirBenchmarks();
        (string Name, Action Run)[] contenders =
        [
            ("raw parse and write", () => b.RawParseAndWrite()), ("JsonNode parse, touch, write", () => b.JsonNodeParseTouchAndWrite()), ("FHIR parse and write", () => b.FhirParseAndWrite()),
            ("raw parse", () => b.RawParse()), ("FHIR parse", () => b.FhirParse()), ("FHIR write", () => b.FhirWrite()), ("FHIR validate", () => b.FhirValidate()),
        ];
        var best = Enumerable.Repeat(double.MaxValue, contenders.Length).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                contenders[i].Run();
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        for (var i = 0; i < contenders.Length; i++) Console.WriteLine($"{contenders[i].Name,-30} {best[i],8:F1} us");
        Console.WriteLine($"parse and write: {best[2] / best[0]:F2} of raw (aim 3); JsonNode {best[1] / best[0]:F2}");
        Console.WriteLine($"parse: {best[4] / best[3]:F2} of raw");
        Console.WriteLine($"validate: {best[6] / best[4]:F2} of the parse (aim 5)");
    }
}
