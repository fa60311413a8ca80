using System.Text.Json;
using Vkp.Fhir.Definitions;

namespace Vkp.Fhir.Tests.Support;

/// <summary>The instances of the package whose type the model has a class for.</summary>
internal static class Examples
{
    public static IEnumerable<(string Name, byte[] Bytes)> All()
    {
        foreach (var file in Directory.GetFiles(OfficialPackage.Folder, "*-*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (TypeDefinition.Find(name[..name.IndexOf('-', StringComparison.Ordinal)]) is not { Kind: 'R' }) continue;
            yield return (name, File.ReadAllBytes(file));
        }
    }
}
