using Vkp.BodyDictionary;

if (args is not [var number, var folder] || !int.TryParse(number, out _))
{
    Console.Error.WriteLine("usage: dotnet run --project tools/BodyDictionary NUMBER src/Hub/Server/Privacy/Dictionaries");
    return 64;
}

var file = Path.Combine(folder, $"bodies-{number}.zdict");
var bodies = SampleBodies.All(Path.Combine("contracts", "vendors"));
var dictionary = ZstdSharp.DictBuilder.TrainFromBuffer(bodies, SampleBodies.DictionaryBytes);

// What has once sealed a body is needed for as long as that body is kept.
await using (var stream = new FileStream(file, FileMode.CreateNew))
    await stream.WriteAsync(dictionary);

Console.WriteLine($"{file}: {dictionary.Length} bytes from {bodies.Count} bodies of {bodies.Sum(body => (long)body.Length)} bytes");
return 0;
