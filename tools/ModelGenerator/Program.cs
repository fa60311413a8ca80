using Vkp.ModelGenerator;

// Usage: dotnet run --project tools/ModelGenerator -- PACKAGE_FOLDER OUTPUT_FOLDER
// PACKAGE_FOLDER is the unpacked npm package hl7.fhir.r4.examples 4.0.1; OUTPUT_FOLDER is src/Fhir.
if (args.Length != 2 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("Usage: ModelGenerator PACKAGE_FOLDER OUTPUT_FOLDER (unpack 'npm pack hl7.fhir.r4.examples@4.0.1' first)");
    return 2;
}

var files = Generation.Run(args[0]);
foreach (var folder in files.Keys.Select(x => Path.GetDirectoryName(Path.Combine(args[1], x))!).Distinct())
{
    Directory.CreateDirectory(folder);

    // Everything generated goes first, so that a type that left the list leaves no orphan behind.
    foreach (var old in Directory.GetFiles(folder, "*.g.*")) File.Delete(old);
}

foreach (var (path, text) in files) File.WriteAllText(Path.Combine(args[1], path), text);
Console.WriteLine($"{files.Count} files");
return 0;
