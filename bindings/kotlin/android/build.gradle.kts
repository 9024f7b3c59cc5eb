// Not built here: see README.md.
plugins {
    id("com.android.library") version "8.7.3"
    id("org.jetbrains.kotlin.android") version "2.2.21"
    id("maven-publish")
}

group = "netmile"
version = "0.1.0"

android {
    namespace = "netmile.checkout"
    compileSdk = 35

    defaultConfig {
        // java.util.Base64 is there from 26 on.
        minSdk = 26
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    sourceSets["main"].kotlin.srcDirs("../checkout/src/main/kotlin", "../shared")

    publishing {
        singleVariant("release") { withSourcesJar() }
    }
}

kotlin {
    jvmToolchain(17)
}

publishing {
    publications {
        register<MavenPublication>("release") {
            artifactId = "netmile-checkout-android"
            afterEvaluate { from(components["release"]) }
        }
    }
}
